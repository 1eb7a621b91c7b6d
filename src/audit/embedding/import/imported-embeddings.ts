import type { RawEmbeddings } from '../../types/decisions.js'
import { squaredLength, writeUnitVector } from '../unit-vector.js'
import type { VectorRows } from './vector-rows.js'

/** A vector whose length is this near to 1 is left as it is: dividing it again would only move its last bits, and an exported vector would come back as another. */
const UNIT_ALREADY = 1e-6
const WIDEST_GAP = 8 // rows that nobody asked for are read along where that saves a read

/** Vectors in files as the embeddings of the rows of a dataset, in the order of the dataset. `vectorOf`: row of the vector of each dataset row. */
export function importedEmbeddings(vectors: VectorRows, rows: Int32Array, vectorOf: Int32Array): RawEmbeddings {
  const { dim } = vectors
  const readRaw = (start: number, end: number): Promise<Float32Array> =>
    gather(
      vectors,
      Array.from(rows.subarray(start, end), (row) => vectorOf[row]),
    )
  return {
    dim,
    rows,
    readRaw,
    read: async (start, end) => {
      const raw = await readRaw(start, end)
      for (let at = 0; at < raw.length; at += dim) toUnit(raw.subarray(at, at + dim))
      return raw
    },
  }
}

/** In place. */
export function toUnit(vector: Float32Array): void {
  if (Math.abs(Math.sqrt(squaredLength(vector)) - 1) > UNIT_ALREADY) writeUnitVector(vector, 0, vector)
}

/** Some rows in any order: wanted.length x dim. Rows that lie together in the file are read together. */
async function gather({ dim, read }: VectorRows, wanted: readonly number[]): Promise<Float32Array> {
  const [first = 0] = wanted
  if (wanted.every((row, index) => row === first + index)) return read(first, first + wanted.length)
  const gathered = new Float32Array(wanted.length * dim)
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b])
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && wanted[order[end]] - wanted[order[end - 1]] <= WIDEST_GAP) end++
    const from = wanted[order[start]]
    const block = await read(from, wanted[order[end - 1]] + 1)
    for (const place of order.slice(start, end)) {
      const at = (wanted[place] - from) * dim
      gathered.set(block.subarray(at, at + dim), place * dim)
    }
    start = end
  }
  return gathered
}
