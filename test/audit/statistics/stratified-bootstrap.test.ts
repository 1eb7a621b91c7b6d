import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { stratifiedBootstrap } from '../../../src/audit/statistics/stratified-bootstrap.js'
import { groupsOf, meanOf } from './group-samples.js'

const groups = Object.freeze(groupsOf([12, 3, 0, 8], [100, 40, 9, 8]))

function replicates(statistic: (counts: ArrayLike<number>) => number, draws = 3000, seed = 1) {
  return stratifiedBootstrap(groups, statistic, { draws, random: createRandom(seed) })
}

describe('stratifiedBootstrap', () => {
  it('draws the counts of each group around its own rate', () => {
    for (const [group, { count, total }] of groups.entries()) {
      const counts = replicates((counts) => counts[group])
      const variance = (count * (total - count)) / total
      expect(Math.abs(meanOf(counts) - count)).toBeLessThanOrEqual(3 * Math.sqrt(variance / 3000))
      const spread = meanOf(counts.map((drawn) => (drawn - count) ** 2))
      expect(Math.abs(spread - variance)).toBeLessThanOrEqual(0.1 * variance)
    }
  })
  it('never moves a group where nobody or everybody is counted', () => {
    expect(new Set(replicates((counts) => counts[2]))).toEqual(new Set([0]))
    expect(new Set(replicates((counts) => counts[3]))).toEqual(new Set([8]))
  })
  it('draws groups independently', () => {
    const products = replicates((counts) => (counts[0] - 12) * (counts[1] - 3))
    expect(Math.abs(meanOf(products))).toBeLessThan(3 * Math.sqrt((10.56 * 2.775) / 3000))
  })
  it('gives 4,999 replicates unless told otherwise, and the same from the same seed', () => {
    expect(stratifiedBootstrap(groups, () => 1, { random: createRandom(1) })).toHaveLength(4999)
    const first = (counts: ArrayLike<number>) => counts[0]
    expect(replicates(first, 50, 7)).toEqual(replicates(first, 50, 7))
    expect(replicates(first, 50, 7)).not.toEqual(replicates(first, 50, 8))
  })
  it('refuses no groups and a number of draws that is none', () => {
    expect(() => stratifiedBootstrap([], () => 1, { random: createRandom(1) })).toThrow('stratifiedBootstrap expected')
    expect(() => replicates(() => 1, 0)).toThrow('stratifiedBootstrap expected a whole number of draws')
  })
})
