/** What an image file may be before it is refused. */
export type ImageLimits = {
  readonly maximumBytes: number
  readonly maximumPixels: number
  /** How often a JPEG may go over the whole picture. */
  readonly maximumScans: number
  /** Stored pixels of the shorter side. */
  readonly minimumSide: number
  /** Long side over short side. */
  readonly maximumAspect: number
}

/** Bytes, pixels and scans stop decompression bombs; the others stop images that would only be blown up or cropped away. */
export const DEFAULT_IMAGE_LIMITS: ImageLimits = {
  maximumBytes: 100_000_000,
  maximumPixels: 50_000_000,
  maximumScans: 100, // a progressive JPEG has about ten
  minimumSide: 2, // one pixel shows nothing
  maximumAspect: 50, // a centre crop would keep less than 2 % of the image
}
