import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedChange, type PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import { chanceOf, discordantSamples, pairedCounts, simulationError, swapped } from './paired-samples.js'
import type { Cells } from './paired-samples.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

describe('tangoInterval', () => {
  it.each(referenceRows<{ counts: PairedCounts; alpha: number }>('tango'))(
    'agrees with direct maximisation of the likelihood: $input',
    ({ input, expected }) => {
      const { low, high } = tangoInterval(input.counts, input.alpha)
      expectClose(low, expected.low, ROOT_FOUND)
      expectClose(high, expected.high, ROOT_FOUND)
    },
  )
  it.each([
    // specification, A6
    [36, 2, 12, 0, 0.061112406, 0.344708748],
    [0, 0, 0, 50, -0.0713475991, 0.0713475991],
    [20, 6, 0, 974, -0.013028168, -0.002150281],
    [10, 0, 10, 80, 0.055229137, 0.174365662],
  ])('of cells %i, %i, %i, %i is as published', (both, onlyFirst, onlySecond, neither, low, high) => {
    const interval = tangoInterval({ both, onlyFirst, onlySecond, neither })
    expect(interval.low).toBeCloseTo(low, 9)
    expect(interval.high).toBeCloseTo(high, 9)
  })
  it('has a closed form where no image changed: z^2 / (n + z^2)', () => {
    const z2 = 1.959963984540054 ** 2
    for (const total of [1, 50, 1_000_000]) {
      const { low, high } = tangoInterval({ both: 0, onlyFirst: 0, onlySecond: 0, neither: total })
      expectClose(high, z2 / (total + z2), 1e-10)
      expect(low).toBe(-high)
    }
  })
  it('reaches the ends where all images changed one way', () => {
    expect(tangoInterval({ both: 0, onlyFirst: 0, onlySecond: 5, neither: 0 }).high).toBe(1)
    expect(tangoInterval({ both: 0, onlyFirst: 5, onlySecond: 0, neither: 0 }).low).toBe(-1)
  })
  it('lies within -1 and 1, holds the change, and changes sign with the runs', () => {
    fc.assert(
      fc.property(pairedCounts(1_000_000), fc.constantFrom(0.05, 0.05 / 14, 0.9), (counts, alpha) => {
        const there = tangoInterval(counts, alpha)
        const back = tangoInterval(swapped(counts), alpha)
        const change = pairedChange(counts)
        expect(-1 <= there.low && there.low <= change && change <= there.high && there.high <= 1).toBe(true)
        expect(there.low).toBeCloseTo(-back.high, 12)
        expect(there.high).toBeCloseTo(-back.low, 12)
      }),
    )
  })
  it('widens with the level', () => {
    fc.assert(
      fc.property(pairedCounts(2000), (counts) => {
        const [narrow, wide] = [tangoInterval(counts), tangoInterval(counts, 0.05 / 14)]
        expect(wide.low <= narrow.low && narrow.high <= wide.high).toBe(true)
      }),
    )
  })
  it.each([
    // specification, D3
    [30, [0.1, 0.02, 0.02, 0.86], 0.997],
    [118, [0.1, 0.02, 0.02, 0.86], 0.955],
    [30, [0.05, 0.1, 0.02, 0.83], 0.977],
    [118, [0.05, 0.1, 0.02, 0.83], 0.95],
    [30, [0.02, 0.28, 0, 0.7], 0.961],
    [118, [0.02, 0.28, 0, 0.7], 0.948],
    [750, [0.02, 0.28, 0, 0.7], 0.954],
    [30, [0.3, 0.05, 0.05, 0.6], 0.97],
    [118, [0.3, 0.05, 0.05, 0.6], 0.956],
  ] as [number, Cells, number][])(
    'covers for %i images with cells %j as the specification says',
    (total, cells, published) => {
      const truth = cells[2] - cells[1]
      const coverage = chanceOf(discordantSamples(total, cells), (counts) => {
        const { low, high } = tangoInterval(counts)
        return low <= truth && truth <= high
      })
      expect(Math.abs(coverage - published)).toBeLessThan(simulationError(published))
    },
  )
  it('refuses counts and levels that are none', () => {
    const counts = { both: 1, onlyFirst: 1, onlySecond: 1, neither: 1 }
    expect(() => tangoInterval({ ...counts, onlySecond: 0.5 })).toThrow('tangoInterval expected whole counts')
    expect(() => tangoInterval({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toThrow(RangeError)
    expect(() => tangoInterval(counts, 0)).toThrow(RangeError)
  })
})
