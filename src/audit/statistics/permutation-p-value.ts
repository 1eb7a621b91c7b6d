const TIE_TOLERANCE = 1e-12 // draws that equal the observed value up to rounding count as reaching it

/** p-value of a permutation test: how often chance alone reaches what was observed, (b + 1) / (B + 1) with b of B draws at
 *  least as large. Ties count, and it is never 0. Observed values and draws may be infinite.
 *  Throws RangeError without draws, and if the observed value or a draw is not a number. Source: Phipson & Smyth 2010.
 *  @example permutationPValue(3, [1, 2, 3])  // 0.5 */
export function permutationPValue(observed: number, draws: ArrayLike<number>): number {
  if (Number.isNaN(observed)) throw new RangeError('permutationPValue expected an observed number but received NaN')
  if (draws.length === 0) throw new RangeError('permutationPValue expected at least one draw but received 0')
  const threshold = observed * (1 - Math.sign(observed) * TIE_TOLERANCE) // a little lower, below 0 too
  let reached = 0
  for (let place = 0; place < draws.length; place++) {
    if (Number.isNaN(draws[place])) throw new RangeError('permutationPValue expected drawn numbers but received NaN')
    if (draws[place] >= threshold) reached++
  }
  return (reached + 1) / (draws.length + 1)
}
