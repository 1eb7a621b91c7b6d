/** What one label set decides for every row of a dataset. Arrays are indexed by dataset row. */
export type Decisions = {
  readonly labelSet: string
  /** Index of the highest-scoring label; -1 where the row has no decision. */
  readonly winner: Int32Array
  /** Index of the second label; -1 where unknown. */
  readonly runnerUp: Int32Array
  /** Cosine of the winner and its lead over the runner-up; null when decisions come from elsewhere without scores (NaN where one row has none). */
  readonly scores: {
    readonly similarity: Float32Array
    readonly margin: Float32Array
    /** Of the winner; null where the scale is not known, or the plan writes no decisions. */
    readonly probability: Float64Array | null
  } | null
  /** Labels came with scores, but of a scale of their own: they chose the labels and say nothing of near-ties. */
  readonly isOfAnotherScale?: true
  /** Images whose two best labels have exactly equal scores; the lower label index wins. */
  readonly exactTies: Uint8Array
}

/** The images that could be embedded, in dataset order. Their vectors stay where they are kept and are read a part at a time. */
export type Embeddings = {
  readonly dim: number
  /** Dataset rows. */
  readonly rows: Int32Array
  /** Unit vectors of `rows[start]` to before `rows[end]`: (end - start) x dim, row-major, each of length 1. They may be written into `into`, an array
   *  of that length that the caller has no other use for. */
  readonly read: (start: number, end: number, into?: Float32Array) => Promise<Float32Array>
  /** Memory for so many vectors that `read` fills with the fewest copies, from its start: what lies behind the part it is given is not kept. */
  readonly room?: (vectors: number) => Float32Array
}

/** The same with the vectors as the encoder gave them, whatever their length. */
export type RawEmbeddings = Embeddings & {
  /** As `read`, but not divided by their length. */
  readonly readRaw: Embeddings['read']
}

/** images (n x dim) times classes (c x dim), both row-major; resolves to n x c, row-major. Handed into scoring by the model room. */
export type MatrixProduct = (images: Float32Array, classes: Float32Array, dim: number) => Promise<Float32Array>
