import { describe, expect, it } from 'vitest'
import { partitionTest } from '../../../src/audit/statistics/partition-test.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

const part = (x: readonly number[], y: readonly number[], draws = 999, seed = 1) =>
  partitionTest(x, y, { draws, random: createRandom(seed) })
const countTo = (size: number): number[] => Array.from({ length: size }, (_, i) => i)
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length

describe('partitionTest', () => {
  it('gives the worked example of measures.md B6: one of six partitions is as large', () => {
    const { p, observed, differences } = part([0.1, 0.06], [-0.02, 0.02])
    expect(p).toBe(1 / 6)
    expect(observed).toBeCloseTo(0.08, 15)
    expect(differences).toHaveLength(6)
  })

  it('agrees with scipy 1.10.1 (permutation_test, all partitions) on samples of different sizes', () => {
    expect(part([0.1, 0.06, 0.3, 0.02, 0.11], [-0.02, 0.02, 0.07]).p).toBe(5 / 56)
    expect(part([-0.02, 0.02, 0.07], [0.1, 0.06, 0.3, 0.02, 0.11]).p).toBe(53 / 56)
  })

  it('takes every partition once, and keeps the sizes', () => {
    const { differences, isExact } = part([1, 2], [4])
    expect(isExact).toBe(true)
    expect([...differences].sort((a, b) => a - b)).toEqual([-2.5, 0.5, 2])
  })

  it('counts ties whatever the order of a sum: all partitions of equal values reach what was seen', () =>
    expect(part([0.1, 0.1, 0.1], [0.1, 0.1]).p).toBe(1))

  it('enumerates up to 100,000 partitions and draws above: C(19, 9) = 92,378, C(20, 9) = 167,960', () => {
    expect(part(countTo(9), countTo(10)).differences).toHaveLength(92_378)
    expect(part(countTo(9), countTo(11))).toMatchObject({ isExact: false, differences: { length: 999 } })
  })

  it('is never 0, exact or drawn', () => {
    expect(part([9, 8, 7], [1, 2, 3]).p).toBe(1 / 20)
    expect(part([101, 102, 103, ...countTo(40).map((i) => 200 + i)], countTo(50)).p).toBe(1 / 1000)
  })

  it('draws differences around 0 with the deviation of a permutation', () => {
    const [x, y] = [countTo(30), countTo(60).map((i) => 100 - i)]
    const { differences } = part(x, y, 20_000)
    const centre = mean([...x, ...y])
    const spread = [...x, ...y].reduce((sum, value) => sum + (value - centre) ** 2, 0) / 89
    const exact = spread * (1 / 30 + 1 / 60) // variance of a difference of means without replacement
    expect(Math.abs(mean(differences))).toBeLessThan(4 * Math.sqrt(exact / 20_000))
    expect(mean(differences.map((d) => d * d)) / exact).toBeCloseTo(1, 1)
  })

  it('says yes to a difference of nothing in at most 5 % of samples', () => {
    const random = createRandom(11)
    const sample = (size: number): number[] => Array.from({ length: size }, () => random.uniform())
    const ps = Array.from({ length: 400 }, (_, seed) => part(sample(12), sample(30), 199, seed).p)
    expect(ps.filter((p) => p <= 0.05).length / 400).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 400))
    expect(mean(ps)).toBeCloseTo(0.5, 1)
  })

  it('leaves its input as it was and repeats itself from one seed', () => {
    const x = Object.freeze(countTo(30))
    expect(part(x, x)).toEqual(part(x, x))
  })

  it('refuses an empty sample and no draws', () => {
    expect(() => part([], [1])).toThrow('partitionTest expected two samples but received 0 and 1 values')
    expect(() => part([1], [1], 0)).toThrow(/a whole number of draws/)
  })
})
