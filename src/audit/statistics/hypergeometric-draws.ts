import { logFactorials } from './log-factorials.js'
import type { Random } from './random.js'

/** Draws of how many marked images are among `taken` images from an urn of `marked` and `unmarked` ones, without putting back
 *  (hypergeometric). One uniform a draw, none where only one count is possible. Tabulates once, for urns of at most `largest`
 *  images; then a draw costs about one standard deviation of the count.
 *  Inversion from the most probable count outward, in the order that needs the fewest steps.
 *  @example hypergeometricDraws(5, random)(3, 2, 5)  // 3 */
export function hypergeometricDraws(
  largest: number,
  random: Pick<Random, 'uniform'>,
): (marked: number, unmarked: number, taken: number) => number {
  const logs = logFactorials(largest)
  const logChoices = (all: number, chosen: number) => logs[all] - logs[chosen] - logs[all - chosen]
  return (marked, unmarked, taken) => {
    const lowest = Math.max(0, taken - unmarked)
    const highest = Math.min(taken, marked)
    if (lowest === highest) return lowest
    const mode = Math.floor(((taken + 1) * (marked + 1)) / (marked + unmarked + 2))
    let [up, down] = [mode, mode]
    let weightUp = Math.exp(
      logChoices(marked, mode) + logChoices(unmarked, taken - mode) - logChoices(marked + unmarked, taken),
    )
    let weightDown = weightUp
    let rest = random.uniform() - weightUp
    while (rest >= 0 && (up < highest || down > lowest)) {
      if (up < highest) {
        weightUp *= ((marked - up) * (taken - up)) / ((up + 1) * (unmarked - taken + up + 1))
        up++
        if (rest < weightUp) return up
        rest -= weightUp
      }
      if (down > lowest) {
        weightDown *= (down * (unmarked - taken + down)) / ((marked - down + 1) * (taken - down + 1))
        down--
        if (rest < weightDown) return down
        rest -= weightDown
      }
    }
    return mode // drawn at once, or what rounding left over
  }
}
