import { describe, expect, it } from 'vitest'
import { hypergeometricDraws } from '../../../src/audit/statistics/hypergeometric-draws.js'

/** Shares of each count over uniforms that are spread evenly from 0 to 1. */
function sharesOf(marked: number, unmarked: number, taken: number, steps = 20_000): Map<number, number> {
  let step = 0
  const draw = hypergeometricDraws(marked + unmarked, { uniform: () => (step + 0.5) / steps })
  const shares = new Map<number, number>()
  for (; step < steps; step++) {
    const count = draw(marked, unmarked, taken)
    shares.set(count, (shares.get(count) ?? 0) + 1 / steps)
  }
  return shares
}

function choose(all: number, chosen: number): number {
  let ways = 1
  for (let k = 1; k <= chosen; k++) ways = (ways * (all - chosen + k)) / k
  return ways
}

describe('hypergeometricDraws', () => {
  it.each([
    [10, 20, 6],
    [3, 2, 4],
    [1, 30, 30],
    [7, 5, 1],
    [5, 7, 11],
    [20, 20, 20],
    [2, 40, 3],
    [40, 2, 39],
  ])('with %i marked and %i other images, of which %i are taken, draws every count as often as it should', (marked, unmarked, taken) => {
    const shares = sharesOf(marked, unmarked, taken)
    let sum = 0
    for (let count = 0; count <= Math.min(marked, taken); count++) {
      const ways = taken - count > unmarked ? 0 : choose(marked, count) * choose(unmarked, taken - count)
      const share = ways / choose(marked + unmarked, taken)
      expect(Math.abs((shares.get(count) ?? 0) - share), `${count}`).toBeLessThan(1.01 / 20_000)
      sum += shares.get(count) ?? 0
    }
    expect(sum).toBeCloseTo(1, 9) // and no other count
  }) // prettier-ignore
  it('of a million images has the right mean and spread', () => {
    const shares = [...sharesOf(300_000, 700_000, 1000)]
    const mean = shares.reduce((sum, [count, share]) => sum + count * share, 0)
    const variance = shares.reduce((sum, [count, share]) => sum + (count - mean) ** 2 * share, 0)
    expect(mean).toBeCloseTo(300, 1)
    expect(Math.abs(variance / (1000 * 0.3 * 0.7 * (999_000 / 999_999)) - 1)).toBeLessThan(0.01)
  })
  it('does without a uniform where only one count is possible', () => {
    const draw = hypergeometricDraws(9, {
      uniform: () => {
        throw new Error('asked for a uniform')
      },
    })
    expect([draw(0, 9, 4), draw(9, 0, 4), draw(4, 5, 0), draw(4, 5, 9), draw(0, 0, 0)]).toEqual([0, 4, 0, 4, 0])
  })
  it('is the most probable count where rounding leaves a rest', () => {
    const draw = hypergeometricDraws(30, { uniform: () => 1 + 1e-9 })
    expect(draw(10, 20, 6)).toBe(2)
  })
})
