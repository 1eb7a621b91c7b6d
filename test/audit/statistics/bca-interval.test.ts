import { describe, expect, it } from 'vitest'
import { bcaInterval } from '../../../src/audit/statistics/bca-interval.js'
import { bootstrapAcceleration } from '../../../src/audit/statistics/bootstrap-acceleration.js'
import { normalQuantile } from '../../../src/audit/statistics/normal-quantile.js'
import { percentileInterval } from '../../../src/audit/statistics/percentile-interval.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

type Input = { groups: Proportion[]; alpha: number; observed: number; replicates: number[] }

const symmetric = Array.from({ length: 401 }, (_, place) => (place - 200) / 100)

describe('bcaInterval', () => {
  it.each(referenceRows<Input>('bootstrap-interval'))(
    'agrees with scipy, which takes its acceleration from a jackknife: $input.groups',
    ({ input, expected }) => {
      const { groups, alpha, observed, replicates } = input
      const acceleration = bootstrapAcceleration(
        groups,
        (counts) => counts[0] / groups[0].total - counts[1] / groups[1].total,
      )
      const { low, high } = bcaInterval({ replicates: Object.freeze(replicates), observed, acceleration, alpha })
      expectClose(low, expected.bcaLow, ROOT_FOUND)
      expectClose(high, expected.bcaHigh, ROOT_FOUND)
    },
  )
  it('is the percentile interval where nothing is to be corrected', () => {
    const { low, high } = bcaInterval({ replicates: symmetric, observed: 0, acceleration: 0 })
    const plain = percentileInterval(symmetric)
    expectClose(low, plain.low, ROOT_FOUND)
    expectClose(high, plain.high, ROOT_FOUND)
  })
  it('moves to the side of the observed value, and with the acceleration', () => {
    const plain = bcaInterval({ replicates: symmetric, observed: 0, acceleration: 0 })
    const above = bcaInterval({ replicates: symmetric, observed: 0.5, acceleration: 0 })
    expect(above.low).toBeGreaterThan(plain.low)
    expect(above.high).toBeGreaterThan(plain.high)
    expect(bcaInterval({ replicates: symmetric, observed: 0, acceleration: 0.1 }).high).toBeGreaterThan(plain.high)
    expect(bcaInterval({ replicates: symmetric, observed: 0, acceleration: -0.1 }).low).toBeLessThan(plain.low)
  })
  it('counts replicates that equal the observed value half on each side, whatever their rounding', () => {
    const tied = [0, 0.3, 0.3, 0.3, 0.5]
    const rounded = tied.map((value) => (value === 0.3 ? 0.1 + 0.2 : value))
    const of = (replicates: number[]) => bcaInterval({ replicates, observed: 0.3, acceleration: 0, alpha: 0.4 })
    const plain = percentileInterval(tied, 0.4) // one replicate below, one above: nothing to be corrected
    for (const found of [of(tied), of(rounded)]) {
      expectClose(found.low, plain.low, ROOT_FOUND)
      expectClose(found.high, plain.high, ROOT_FOUND)
    }
  })
  it('tells rounding from a difference by the size of the replicates', () => {
    const large = [0, 3e8, 300000000.00000006, 3e8, 5e8]
    const { low, high } = bcaInterval({ replicates: large, observed: 3e8, acceleration: 0, alpha: 0.4 })
    const plain = percentileInterval(large, 0.4)
    expectClose(low, plain.low, ROOT_FOUND)
    expectClose(high, plain.high, ROOT_FOUND)
  })
  it('refuses degenerate replicates: all equal, or all on one side of the observed value', () => {
    const message = 'bcaInterval expected replicates on both sides of the observed value but received degenerate ones'
    for (const observed of [2, 1, 3]) {
      expect(() => bcaInterval({ replicates: [2, 2, 2], observed, acceleration: 0 })).toThrow(new RangeError(message))
    }
    expect(() => bcaInterval({ replicates: symmetric, observed: 2.1, acceleration: 0 })).toThrow(message)
    expect(() => bcaInterval({ replicates: symmetric, observed: -2.1, acceleration: 0 })).toThrow(message)
    expect(() => bcaInterval({ replicates: symmetric, observed: 2, acceleration: 0 })).not.toThrow()
  })
  it('refuses an acceleration that turns the level round', () => {
    expect(() => bcaInterval({ replicates: symmetric, observed: 0, acceleration: 0.52 })).toThrow('0.52 is degenerate')
    expect(() => bcaInterval({ replicates: symmetric, observed: 0, acceleration: 0.5 })).not.toThrow()
    const largest = 1 / normalQuantile(0.05) // here the level would be 1, which no percentile has
    expect(() => bcaInterval({ replicates: symmetric, observed: 0, acceleration: largest, alpha: 0.1 })).toThrow(
      'is degenerate',
    )
  })
  it('refuses no replicates and an error level outside 0 to 1', () => {
    expect(() => bcaInterval({ replicates: [], observed: 0, acceleration: 0 })).toThrow(
      'bcaInterval expected replicates',
    )
    expect(() => bcaInterval({ replicates: symmetric, observed: 0, acceleration: 0, alpha: 0 })).toThrow(
      'bcaInterval expected a level',
    )
  })
})
