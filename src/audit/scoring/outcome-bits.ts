/** Which images a specification puts into an outcome, as bits: one row an image, one bit for each outcome and specification. Rows are in the order of
 *  the embeddings. An outcome begins at a new word: bit s % 32 of word outcome x wordsPerOutcome + floor(s / 32) is specification s. */
export type OutcomeBits = {
  readonly images: number
  readonly outcomes: number
  readonly specifications: number
  readonly wordsPerOutcome: number
  /** images x (outcomes x wordsPerOutcome), row-major. */
  readonly rows: Uint32Array
}

export function emptyBits(of: Pick<OutcomeBits, 'images' | 'outcomes' | 'specifications'>): OutcomeBits {
  const wordsPerOutcome = Math.ceil(of.specifications / 32)
  return { ...of, wordsPerOutcome, rows: new Uint32Array(of.images * of.outcomes * wordsPerOutcome) }
}

/** The word of a row, and the bit in it, of one outcome in one specification. */
export function placeOf(
  { wordsPerOutcome }: OutcomeBits,
  outcome: number,
  specification: number,
): { readonly word: number; readonly bit: number } {
  return { word: outcome * wordsPerOutcome + (specification >>> 5), bit: specification & 31 }
}
