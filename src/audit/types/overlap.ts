/** What was found of one audited image in a reference set. Names are relative to the folders of the two. */
export type FoundOverlap = {
  readonly image: string
  readonly isOverlap: boolean
  /** The reference image most like it by its pixels; null where the reference set has no image that can be read. */
  readonly pixels: {
    readonly reference: string
    /** Bits of 127 in which the hashes differ. */
    readonly hashDistance: number
    /** Of the grey values once aligned; null where the hashes are too far apart to look. */
    readonly correlation: number | null
  } | null
  /** The one most like it by its vector; null without a model. */
  readonly vectors: { readonly reference: string; readonly cosine: number } | null
}

/** A pair of images for a person to look at. */
export type OverlapPair = {
  readonly image: string
  readonly reference: string
  readonly cosine: number
  /** Of this very pair; null where another reference image is nearer by its pixels. */
  readonly hashDistance: number | null
  readonly correlation: number | null
}
