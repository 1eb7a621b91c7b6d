/** An 8-bit RGB image: `rgb` is height x width x 3, row-major, stored values (no colour management). */
export type RgbImage = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

/** The size to which a whole image is resized, and the part of it that is kept (in pixels of the resized image). */
export type ResizeTarget = {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
  readonly cropWidth: number
  readonly cropHeight: number
}

export const CHANNELS = 3
