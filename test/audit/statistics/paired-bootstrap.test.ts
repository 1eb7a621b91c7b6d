import { describe, expect, it } from 'vitest'
import { pairedBootstrap } from '../../../src/audit/statistics/paired-bootstrap.js'
import { pairedChange, pairedTotal } from '../../../src/audit/statistics/paired-counts.js'
import { percentileInterval } from '../../../src/audit/statistics/percentile-interval.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { meanOf } from './group-samples.js'

// specification, A6
const group = Object.freeze({ both: 20, onlyFirst: 180, onlySecond: 0, neither: 300 })
const reference = Object.freeze({ both: 90, onlyFirst: 12, onlySecond: 2, neither: 896 })
const options = (draws: number) => ({ draws, random: createRandom(1) })

describe('pairedBootstrap', () => {
  it('draws the images of each group with both of their decisions', () => {
    pairedBootstrap(
      [group, reference],
      ([one, other]) => {
        expect([pairedTotal(one), pairedTotal(other), one.onlySecond]).toEqual([500, 1000, 0])
        return 0
      },
      options(20),
    )
  })
  it('spreads changes as paired images do', () => {
    const changes = pairedBootstrap([reference], ([one]) => pairedChange(one), options(1000))
    expect(Math.abs(meanOf(changes) + 0.01)).toBeLessThan(0.0004)
    const variance = meanOf(changes.map((change) => (change + 0.01) ** 2))
    expect(Math.abs(variance / ((14 / 1000 - 0.01 ** 2) / 1000) - 1)).toBeLessThan(0.15)
  })
  it('checks the interval for a difference in differences', () => {
    const replicates = pairedBootstrap(
      [group, reference],
      ([one, other]) => pairedChange(one) - pairedChange(other),
      options(500),
    )
    const { low, high } = percentileInterval(replicates)
    expect(Math.abs(low + 0.393537399)).toBeLessThan(0.01)
    expect(Math.abs(high + 0.308141793)).toBeLessThan(0.01)
  })
  it('gives 4,999 replicates unless told otherwise', () =>
    expect(
      pairedBootstrap([{ both: 1, onlyFirst: 0, onlySecond: 0, neither: 0 }], () => 1, { random: createRandom(1) }),
    ).toHaveLength(4999))
  it('refuses counts that cannot be and a number of draws that is none', () => {
    expect(() => pairedBootstrap([{ ...group, both: -1 }], () => 1, options(1))).toThrow(
      'pairedBootstrap expected whole',
    )
    expect(() => pairedBootstrap([group], () => 1, options(0))).toThrow('pairedBootstrap expected a whole number')
  })
})
