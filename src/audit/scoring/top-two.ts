/** The best and the second of `labels` scores, two at least, which begin at `from`: places from 0 on. Of equal scores the lower place comes first,
 *  for both. */
export function topTwo(scores: Float32Array, from: number, labels: number): { best: number; second: number } {
  let best = scores[from + 1] > scores[from] ? 1 : 0
  let second = 1 - best
  let highest = scores[from + best]
  let next = scores[from + second]
  for (let label = 2; label < labels; label++) {
    const score = scores[from + label]
    if (!(score > next)) continue // nearly all of them, after the first few
    if (score > highest) {
      second = best
      next = highest
      best = label
      highest = score
    } else {
      second = label
      next = score
    }
  }
  return { best, second }
}
