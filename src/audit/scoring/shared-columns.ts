/** Class vectors of several designs without repetition, and where each design finds its labels among them. */
export type SharedColumns = {
  /** distinct x dim, row-major. */
  readonly vectors: Float32Array
  readonly distinct: number
  /** Per design, the row of `vectors` of each label. */
  readonly columnsOf: readonly Int32Array[]
}

/** Keeps every distinct class vector once. A label that stands in two designs with the same prompts then has the same score in both, to
 *  the last bit: products of matrices of other widths may round otherwise, and an image could change its label for that alone. */
export function shareColumns(designs: readonly { readonly vectors: Float32Array }[], dim: number): SharedColumns {
  const columnOf = new Map<string, number>()
  const kept: Float32Array[] = []
  const columnsOf = designs.map(({ vectors }) =>
    Int32Array.from({ length: vectors.length / dim }, (_, label) => {
      const vector = vectors.subarray(label * dim, (label + 1) * dim)
      const key = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('latin1')
      const known = columnOf.get(key)
      if (known !== undefined) return known
      columnOf.set(key, kept.length)
      return kept.push(vector) - 1
    }),
  )
  const vectors = new Float32Array(kept.length * dim)
  kept.forEach((vector, column) => vectors.set(vector, column * dim))
  return { vectors, distinct: kept.length, columnsOf }
}
