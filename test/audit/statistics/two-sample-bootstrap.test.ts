import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { twoSampleBootstrap } from '../../../src/audit/statistics/two-sample-bootstrap.js'

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length
const difference = (x: ArrayLike<number>, y: ArrayLike<number>): number => mean(x) - mean(y)

describe('twoSampleBootstrap', () => {
  it('has the variance of a difference of means of these samples', () => {
    const [x, y] = [[1, 2, 3, 4, 10], [0, 0, 6]] // prettier-ignore
    const replicates = twoSampleBootstrap(x, y, difference, { draws: 20_000, random: createRandom(3) })
    const centre = mean(replicates)
    const variance = mean(Array.from(replicates, (value) => (value - centre) ** 2))
    const exact = 10 / 5 + 8 / 3 // population variances, each over its size
    expect(centre).toBeCloseTo(2, 0)
    expect(variance / exact).toBeCloseTo(1, 1)
  })

  it('never mixes the samples', () => {
    const replicates = twoSampleBootstrap([1, 1], [5], difference, { draws: 9, random: createRandom(1) })
    expect(new Set(replicates)).toEqual(new Set([-4]))
  })

  it('leaves out replicates in which the statistic is undefined', () => {
    const sometimes = (x: ArrayLike<number>): number | null => (x[0] === 1 ? null : x[0])
    const replicates = twoSampleBootstrap([1, 2], [0], sometimes, { draws: 100, random: createRandom(1) })
    expect(replicates.length).toBeGreaterThan(20)
    expect(replicates.length).toBeLessThan(80)
    expect(new Set(replicates)).toEqual(new Set([2]))
  })

  it('leaves its input as it was, and refuses an empty sample', () => {
    const x = Object.freeze([1, 2, 3])
    const once = (): Float64Array => twoSampleBootstrap(x, x, difference, { draws: 9, random: createRandom(3) })
    expect(once()).toEqual(once())
    expect(() => twoSampleBootstrap([], [1], difference, { draws: 9, random: createRandom(1) })).toThrow(
      'twoSampleBootstrap expected two samples but received 0 and 1 values',
    )
  })
})
