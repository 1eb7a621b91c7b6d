import { DatasetError, quoted } from '../../errors.js'
import type { Quarantine } from '../../types/dataset.js'
import type { NumberKind } from '../../types/vectors.js'
import { hashVector } from './hash-vector.js'
import type { VectorRows } from './vector-rows.js'

const ROWS_AT_ONCE = 2048

/** How far from 1 the length of a vector may be that is stated to have length 1: halves keep three digits, floats seven. */
const LENGTH_TOLERANCE: Readonly<Record<NumberKind, number>> = {
  float16: 1e-2,
  bfloat16: 1e-2,
  float32: 1e-4,
  float64: 1e-4,
}

export type VectorsToCheck = {
  readonly vectors: VectorRows
  /** Row of the dataset of each vector; -1 for one that is not used. */
  readonly rowOf: Int32Array
  /** Name of an image, for messages. */
  readonly nameOf: (row: number) => string
  /** What was stated, or null. */
  readonly normalised: boolean | null
  readonly dtype: NumberKind
  /** Where the vectors lie, for messages. */
  readonly at: string
}

export type CheckedVectors = {
  /** Images whose vector has no direction. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  /** Lengths of the others; null where there are none. */
  readonly lengths: { readonly shortest: number; readonly longest: number } | null
  /** Images with exactly the same vector as another image. */
  readonly identical: number
}

/** Looks at every vector that is used, once, in the order of the file: whether it is finite and has a length, and whether vectors that are stated to
 *  have length 1 do. Throws DatasetError where they do not, and where all are the same. */
export async function checkVectors(asked: VectorsToCheck): Promise<CheckedVectors> {
  const { vectors, rowOf, nameOf, normalised, dtype, at } = asked
  const quarantined = new Map<number, Quarantine>()
  const keys = new BigUint64Array(vectors.rows)
  let usable = 0
  let shortest = Infinity
  let longest = 0
  let worst = { row: -1, length: 1 }
  let off = 0
  for (let start = 0; start < vectors.rows; start += ROWS_AT_ONCE) {
    const end = Math.min(start + ROWS_AT_ONCE, vectors.rows)
    const tile = await vectors.read(start, end)
    for (let vector = start; vector < end; vector++) {
      const row = rowOf[vector]
      if (row < 0) continue
      const from = (vector - start) * vectors.dim
      const length = lengthOf(tile, from, vectors.dim)
      const fault = faultOf(length)
      if (fault !== null) {
        quarantined.set(row, fault)
        continue
      }
      keys[usable++] = hashVector(tile, from, vectors.dim)
      shortest = Math.min(shortest, length)
      longest = Math.max(longest, length)
      if (Math.abs(length - 1) > LENGTH_TOLERANCE[dtype]) off++
      if (Math.abs(length - 1) > Math.abs(worst.length - 1)) worst = { row, length }
    }
  }
  if (normalised === true && off > 0) throw notNormalised(at, nameOf(worst.row), worst.length, { off, usable })
  const { distinct, identical } = countSame(keys.subarray(0, usable))
  if (usable > 1 && distinct === 1) throw allSame(at, usable)
  return { quarantined, lengths: usable === 0 ? null : { shortest, longest }, identical }
}

/** Summed in float64. Not finite where a number is not. */
function lengthOf(numbers: Float32Array, from: number, dim: number): number {
  let squares = 0
  for (let i = from; i < from + dim; i++) squares += numbers[i] * numbers[i]
  return Math.sqrt(squares)
}

const NOT_FINITE: Quarantine = {
  code: 'embed.nonfinite',
  reason: 'its vector holds numbers that are not finite; make it again in float32',
}
const NO_LENGTH: Quarantine = { code: 'embed.zero', reason: 'its vector has no length' }

function faultOf(length: number): Quarantine | null {
  if (!Number.isFinite(length)) return NOT_FINITE
  return length === 0 ? NO_LENGTH : null
}

/** Sorts `keys`. */
function countSame(keys: BigUint64Array): { distinct: number; identical: number } {
  keys.sort()
  let distinct = 0
  let identical = 0
  for (let start = 0; start < keys.length;) {
    let end = start + 1
    while (end < keys.length && keys[end] === keys[start]) end++
    distinct++
    if (end - start > 1) identical += end - start
    start = end
  }
  return { distinct, identical }
}

function notNormalised(
  at: string,
  name: string,
  length: number,
  { off, usable }: { off: number; usable: number },
): DatasetError {
  return new DatasetError('vectors.norm', {
    at,
    field: 'normalised',
    expected: 'vectors of length 1, because normalised: true is stated',
    received: `${off} of ${usable} that are not, the worst of length ${length.toPrecision(4)} for ${quoted(name)}`,
    hint: 'Write normalised: false, or find out which vectors these are',
  })
}

function allSame(at: string, count: number): DatasetError {
  return new DatasetError('vectors.all-same', {
    at,
    expected: 'different vectors for different images',
    received: `the same for all ${count} images`,
    hint: 'The export is broken: make the vectors again, and look at two of them',
  })
}
