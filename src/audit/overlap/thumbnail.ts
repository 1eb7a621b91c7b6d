/** Side of the grey thumbnail that an image is compared by, in pixels. */
export const THUMBNAIL_SIDE = 64

/** A part of a thumbnail, in its pixels; edges may lie between pixels. */
export type Window = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

export const WHOLE: Window = { left: 0, top: 0, width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE }
