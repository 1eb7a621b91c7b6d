import { describe, expect, it } from 'vitest'
import { multinomial } from '../../../src/audit/statistics/multinomial.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

/** A generator whose uniforms are these. */
function given(...uniforms: number[]) {
  let place = 0
  return { ...createRandom(1), uniform: () => uniforms[place++] }
}

describe('multinomial', () => {
  it('holds each uniform against the cumulative weights', () =>
    expect(multinomial({ total: 6, weights: [1, 2, 1] }, given(0, 0.24, 0.25, 0.74, 0.75, 0.99))).toEqual([2, 2, 2]))
  it('never gives to a category without weight', () =>
    expect(multinomial({ total: 3, weights: [0, 1, 0, 1, 0] }, given(0, 0.5, 1 - 2 ** -53))).toEqual([0, 1, 0, 2, 0]))
  it('gives each category its share', () => {
    const counts = multinomial({ total: 40_000, weights: [5, 3, 2] }, createRandom(3))
    for (const [category, share] of [0.5, 0.3, 0.2].entries()) {
      expect(Math.abs(counts[category] / 40_000 - share)).toBeLessThan(3 * Math.sqrt((share * (1 - share)) / 40_000))
    }
    expect(counts.reduce((sum, count) => sum + count)).toBe(40_000)
  })
  it('gives nothing of nothing', () =>
    expect(multinomial({ total: 0, weights: [1, 1] }, createRandom(1))).toEqual([0, 0]))
  it('refuses weights and totals that cannot be', () => {
    for (const weights of [[], [0, 0], [2, -1], [1, NaN], [Infinity, 1]]) {
      expect(() => multinomial({ total: 1, weights }, createRandom(1))).toThrow(
        `multinomial expected weights from 0 with a sum above 0 but received ${weights.join(' ')}`,
      )
    }
    for (const total of [-1, 0.5]) {
      expect(() => multinomial({ total, weights: [1] }, createRandom(1))).toThrow(
        `multinomial expected a whole total from 0 but received ${total}`,
      )
    }
  })
})
