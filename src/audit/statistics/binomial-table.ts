/** Cumulative probabilities of a binomial: entry k is the probability of at most k successes; the last entry is 1.
 *  Built outward from the most probable count by ratios of neighbours, so that no term under- or overflows on the way.
 *  Throws RangeError unless total is a whole number from 0 and 0 <= rate <= 1.
 *  @example binomialTable(2, 0.5)  // [0.25, 0.75, 1] */
export function binomialTable(total: number, rate: number): Float64Array {
  if (!Number.isSafeInteger(total) || total < 0 || !(rate >= 0 && rate <= 1)) {
    throw new RangeError(
      `binomialTable expected a whole total and a rate from 0 to 1 but received ${total} and ${rate}`,
    )
  }
  const weights = new Float64Array(total + 1)
  const mode = Math.min(total, Math.floor((total + 1) * rate))
  const odds = rate / (1 - rate)
  let weight = 1
  for (let k = mode; weight > 0; k++) {
    weights[k] = weight
    weight *= ((total - k) / (k + 1)) * odds // 0 (or no number) above k = total, which ends the walk
  }
  weight = 1
  for (let k = mode; weight > 0; k--) {
    weights[k] = weight
    weight *= k / (total - k + 1) / odds // the same below k = 0
  }
  const all = weights.reduce((sum, part) => sum + part, 0)
  let sum = 0
  const cumulative = weights.map((part) => (sum += part) / all)
  cumulative[total] = 1
  return cumulative
}
