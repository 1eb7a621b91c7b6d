import { permutationPValue } from './permutation-p-value.js'
import type { Random } from './random.js'
import { requireDraws } from './require-draws.js'

const MOST_PARTITIONS = 100_000 // up to here every partition is taken, and the p is exact
const TIE_TOLERANCE = 1e-12 // the same sum in another order differs by rounding; as a share of the largest value

export type PartitionTest = {
  /** Mean of the first sample less that of the second. */
  readonly observed: number
  /** The same over partitions of all values into samples of these sizes. */
  readonly differences: Float64Array
  /** True where these are all the partitions there are, the one seen among them; false where they were drawn. */
  readonly isExact: boolean
  /** Share of partitions with a difference at least as large: one-sided. Near 1 it says that the difference lies the other way. */
  readonly p: number
}

/** How large a difference of means is when it is chance who is in which sample: over all partitions that keep both sizes if these are at most
 *  100,000, else over `draws` random ones, then with p = (b + 1) / (B + 1). Never 0. Cost: one addition a partition, or draws x the smaller size.
 *  Throws RangeError for an empty sample and unless `draws` is a whole number from 1.
 *  Source: Caliskan, Bryson & Narayanan 2017; Phipson & Smyth 2010.
 *  @example partitionTest([0.1, 0.06], [-0.02, 0.02], { draws: 9999, random }).p  // 0.166666667 */
export function partitionTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { draws, random }: { readonly draws: number; readonly random: Random },
): PartitionTest {
  requireDraws('partitionTest', draws)
  if (first.length === 0 || second.length === 0) {
    throw new RangeError(`partitionTest expected two samples but received ${first.length} and ${second.length} values`)
  }
  const values = new Float64Array(first.length + second.length)
  values.set(first)
  values.set(second, first.length)
  const { sums, isExact } = partitionSums(values, Math.min(first.length, second.length), { draws, random })
  const differences = differencesOf(sums, values, [first.length, second.length])
  const observed = meanOf(values.subarray(0, first.length)) - meanOf(values.subarray(first.length))
  const threshold = observed - largestOf(values) * TIE_TOLERANCE
  const reached = differences.reduce((count, difference) => count + (difference >= threshold ? 1 : 0), 0)
  const p = isExact ? reached / differences.length : permutationPValue(threshold, differences)
  return { observed, differences, isExact, p }
}

/** Sums of the smaller sample, which settle those of the other. */
function partitionSums(
  values: Float64Array,
  size: number,
  drawn: { readonly draws: number; readonly random: Random },
): { readonly sums: Float64Array; readonly isExact: boolean } {
  const partitions = partitionCount(values.length, size)
  const isExact = partitions <= MOST_PARTITIONS
  return { sums: isExact ? allSums(values, size, partitions) : drawnSums(values, size, drawn), isExact }
}

function differencesOf(
  sums: Float64Array,
  values: Float64Array,
  [first, second]: readonly [number, number],
): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0)
  const size = Math.min(first, second)
  const sign = second < first ? -1 : 1
  return sums.map((sum) => sign * (sum / size - (total - sum) / (values.length - size)))
}

/** Number of ways to take `size` of `total`, or anything above the most that are enumerated. */
function partitionCount(total: number, size: number): number {
  let count = 1
  for (let i = 1; i <= size && count <= MOST_PARTITIONS; i++) count = (count * (total - size + i)) / i // a whole number each time
  return count
}

function allSums(values: Float64Array, size: number, partitions: number): Float64Array {
  const sums = new Float64Array(partitions)
  let place = 0
  const take = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      sums[place++] = sum
      return
    }
    for (let i = from; i <= values.length - left; i++) take(i + 1, left - 1, sum + values[i])
  }
  take(0, size, 0)
  return sums
}

/** Partial Fisher-Yates from where the last draw left off: every set of `size` stays equally likely. */
function drawnSums(
  values: Float64Array,
  size: number,
  { draws, random }: { readonly draws: number; readonly random: Random },
): Float64Array {
  const pool = values.slice()
  return new Float64Array(draws).map(() => {
    let sum = 0
    for (let i = 0; i < size; i++) {
      const j = i + random.below(pool.length - i)
      const value = pool[j]
      pool[j] = pool[i]
      pool[i] = value
      sum += value
    }
    return sum
  })
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
