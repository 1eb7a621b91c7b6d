/** Counts from `low` to `high`, both included; empty where high < low. */
export type CountRange = { readonly low: number; readonly high: number }

export const NO_COUNTS: CountRange = { low: 0, high: -1 }

/** The range of counts within `limits` for which something holds, sought from where it was for the neighbouring question: it has
 *  mostly moved by a step. What holds must hold on one unbroken range. `seed` is a count at which it holds if it holds at all;
 *  without one, a range that was lost is sought everywhere.
 *  @example followRange({ before: { low: 3, high: 5 }, limits: { low: 0, high: 9 }, holds: (count) => count > 3 && count < 8 })  // { low: 4, high: 7 } */
export function followRange(question: {
  readonly before: CountRange
  readonly limits: CountRange
  readonly holds: (count: number) => boolean
  readonly seed?: number
}): CountRange {
  const { before, limits, holds, seed } = question
  const kept = { low: Math.max(before.low, limits.low), high: Math.min(before.high, limits.high) }
  const start = firstHolding(kept, holds) ?? firstHolding(seed === undefined ? limits : inside(seed, limits), holds)
  if (start === null) return NO_COUNTS
  let low = start
  let high = Math.max(start, kept.high)
  while (low > limits.low && holds(low - 1)) low--
  while (high > low && !holds(high)) high--
  while (high < limits.high && holds(high + 1)) high++
  return { low, high }
}

function firstHolding({ low, high }: CountRange, holds: (count: number) => boolean): number | null {
  for (let count = low; count <= high; count++) if (holds(count)) return count
  return null
}

function inside(seed: number, { low, high }: CountRange): CountRange {
  return seed < low || seed > high ? NO_COUNTS : { low: seed, high: seed }
}
