import { describe, expect, it } from 'vitest'
import { clusterBootstrap } from '../../../src/audit/statistics/cluster-bootstrap.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

const share = (sums: ArrayLike<number>): number => sums[0] / sums[1]

describe('clusterBootstrap', () => {
  it('draws whole clusters: a statistic that is the same in each never moves', () => {
    const replicates = clusterBootstrap([[1, 2], [5, 10], [3, 6]], share, { draws: 50, random: createRandom(1) }) // prettier-ignore
    expect(new Set(replicates)).toEqual(new Set([0.5]))
  })

  it('has the variance of cluster means, not of images: 20 clusters of 50 equal images', () => {
    const clusters = Array.from({ length: 20 }, (_, index) => (index < 10 ? [50, 50] : [0, 50]))
    const replicates = clusterBootstrap(clusters, share, { draws: 20_000, random: createRandom(7) })
    const mean = replicates.reduce((sum, value) => sum + value, 0) / replicates.length
    const variance = replicates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / replicates.length
    expect(mean).toBeCloseTo(0.5, 2)
    expect(variance / (0.25 / 20)).toBeCloseTo(1, 1) // exact: p q / clusters
  })

  it('leaves its input as it was and repeats itself from one seed', () => {
    const clusters = Object.freeze([Object.freeze([1, 2]), Object.freeze([2, 2])])
    const once = (): Float64Array => clusterBootstrap(clusters, share, { draws: 9, random: createRandom(3) })
    expect(once()).toEqual(once())
  })

  it('refuses no clusters, and clusters of different lengths', () => {
    const options = { draws: 9, random: createRandom(1) }
    expect(() => clusterBootstrap([], share, options)).toThrow(/at least one cluster/)
    expect(() => clusterBootstrap([[1], [1, 2]], share, options)).toThrow(/1 sums a cluster but received 2/)
  })
})
