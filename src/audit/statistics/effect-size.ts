/** What a difference of means is divided by: the deviation of both samples together, over their number less one, or over their number. */
export type Deviation = 'sample' | 'population'

/** Difference of the means of two samples in deviations of both together: the effect size of WEAT and iEAT (d), where the samples are how much
 *  nearer each item of X, and of Y, is to one set of words than to another. Undefined (null) where all values are equal.
 *  It depends on the sizes: with samples of one size and the population deviation it lies within -2 and 2.
 *  Throws RangeError for an empty sample and values that are no numbers. Source: Caliskan, Bryson & Narayanan 2017; Steed & Caliskan 2021.
 *  @example effectSize([0.1, 0.06], [-0.02, 0.02])  // 1.549193338 */
export function effectSize(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  deviation: Deviation = 'sample',
): number | null {
  const spread = jointDeviation(first, second, deviation)
  if (spread === null) return null
  return (sumOf(first) / first.length - sumOf(second) / second.length) / spread
}

/** Deviation of two samples taken together, with their number less one or their number as divisor. null where all values are equal, or so
 *  near each other that their squares vanish. Throws RangeError as {@link effectSize} does.
 *  @example jointDeviation([0.1, 0.06], [-0.02, 0.02], 'population')  // 0.04472136 */
export function jointDeviation(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  deviation: Deviation = 'sample',
): number | null {
  const sum = sumOf(first) + sumOf(second)
  const total = first.length + second.length
  if (first.length === 0 || second.length === 0 || !Number.isFinite(sum)) {
    const received = Number.isFinite(sum) ? `${first.length} and ${second.length} values` : 'others'
    throw new RangeError(`effectSize expected two samples of finite numbers but received ${received}`)
  }
  if (isConstant(first, first[0]) && isConstant(second, first[0])) return null // sums of squares would leave rounding
  const squares = squaresAround(first, sum / total) + squaresAround(second, sum / total)
  const spread = Math.sqrt(squares / (deviation === 'sample' ? total - 1 : total))
  return spread === 0 ? null : spread
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}

function squaresAround(values: ArrayLike<number>, mean: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] - mean) ** 2
  return sum
}

function isConstant(values: ArrayLike<number>, value: number): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== value) return false
  return true
}
