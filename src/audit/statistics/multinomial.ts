import type { Random } from './random.js'

/** How many of `total` draws fall into each category, the chance of a category being its share of the weights.
 *  Each draw is one uniform held against the cumulative weights. Cost: linear in the total.
 *  Throws RangeError unless weights are numbers from 0 with a sum above 0 and the total is a whole number from 0.
 *  @example multinomial({ total: 3, weights: [0, 1] }, random)  // [0, 3] */
export function multinomial(
  { total, weights }: { readonly total: number; readonly weights: readonly number[] },
  random: Random,
): number[] {
  let sum = 0
  const thresholds = weights.map((weight) => (sum += weight))
  if (!weights.every((weight) => weight >= 0) || !(sum > 0 && sum < Infinity)) {
    throw new RangeError(`multinomial expected weights from 0 with a sum above 0 but received ${weights.join(' ')}`)
  }
  if (!Number.isSafeInteger(total) || total < 0) {
    throw new RangeError(`multinomial expected a whole total from 0 but received ${total}`)
  }
  const counts = weights.map(() => 0)
  for (let draw = 0; draw < total; draw++) {
    const place = random.uniform() * sum
    let category = 0
    while (thresholds[category] <= place) category++
    counts[category]++
  }
  return counts
}
