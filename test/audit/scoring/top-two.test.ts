import { describe, expect, it } from 'vitest'
import { topTwo } from '../../../src/audit/scoring/top-two.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

/** Places by score, the lower place first where scores are equal. */
function byHand(scores: readonly number[]): { best: number; second: number } {
  const [best, second] = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b)
  return { best, second }
}

describe('topTwo', () => {
  it('finds the best and the second as sorting does, with ties of every kind', () => {
    const random = createRandom(1, 'scores')
    for (let turn = 0; turn < 5000; turn++) {
      const labels = 2 + random.below(8)
      const scores = Array.from({ length: labels }, () => random.below(4) / 8 - 0.25) // few values: most sets have ties
      expect(topTwo(Float32Array.from(scores), 0, labels)).toEqual(byHand(scores))
    }
  })

  it('looks at nothing outside of its scores', () => {
    expect(topTwo(Float32Array.of(9, 0.1, 0.3, 0.2, 9), 1, 3)).toEqual({ best: 1, second: 2 })
  })
})
