import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newcombePairedInterval } from '../../../src/audit/statistics/newcombe-paired-interval.js'
import { pairedChange, type PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { chanceOf, pairedCounts, pairedSamples, simulationError, swapped } from './paired-samples.js'
import type { Cells } from './paired-samples.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('newcombePairedInterval', () => {
  it.each(referenceRows<{ counts: PairedCounts; alpha: number }>('newcombe-paired'))(
    'agrees with 60-digit arithmetic: $input',
    ({ input, expected }) => {
      const { low, high } = newcombePairedInterval(input.counts, input.alpha)
      expectClose(low, expected.low, CLOSED_FORM)
      expectClose(high, expected.high, CLOSED_FORM)
    },
  )
  it('is as published', () => {
    // Newcombe 1998b, method 10; specification, A6
    const { low, high } = newcombePairedInterval({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 })
    expect(low).toBeCloseTo(0.056929584, 9)
    expect(high).toBeCloseTo(0.340427603, 9)
  })
  it('lies within -1 and 1, holds the change, and changes sign with the runs', () => {
    fc.assert(
      fc.property(pairedCounts(1_000_000), (counts) => {
        const there = newcombePairedInterval(counts)
        const back = newcombePairedInterval(swapped(counts))
        const change = pairedChange(counts)
        expect(-1 - 1e-15 <= there.low && there.low <= change && change <= there.high && there.high <= 1 + 1e-15).toBe(
          true,
        )
        expect(there.low).toBeCloseTo(-back.high, 13)
        expect(there.high).toBeCloseTo(-back.low, 13)
      }),
    )
  })
  it('is the same whether an image counts as inside or outside, but for the sign', () => {
    fc.assert(
      fc.property(pairedCounts(5000), (counts) => {
        const there = newcombePairedInterval(counts)
        const outside = newcombePairedInterval({ ...swapped(counts), both: counts.neither, neither: counts.both })
        expect(outside.low).toBeCloseTo(-there.high, 12)
        expect(outside.high).toBeCloseTo(-there.low, 12)
      }),
    )
  })
  it.each([
    // specification, D3
    [30, [0.1, 0.02, 0.02, 0.86], 1],
    [118, [0.1, 0.02, 0.02, 0.86], 0.978],
    [30, [0.05, 0.1, 0.02, 0.83], 0.987],
    [118, [0.05, 0.1, 0.02, 0.83], 0.962],
    [30, [0.02, 0.28, 0, 0.7], 0.975],
    [118, [0.02, 0.28, 0, 0.7], 0.959],
    [30, [0.3, 0.05, 0.05, 0.6], 0.992],
  ] as [number, Cells, number][])(
    'covers for %i images with cells %j as the specification says',
    (total, cells, published) => {
      const truth = cells[2] - cells[1]
      const coverage = chanceOf(pairedSamples(total, cells), (counts) => {
        const { low, high } = newcombePairedInterval(counts)
        return low <= truth && truth <= high
      })
      expect(Math.abs(coverage - published)).toBeLessThan(simulationError(published))
    },
  )
  it('refuses counts and levels that are none', () => {
    const counts = { both: 1, onlyFirst: 1, onlySecond: 1, neither: 1 }
    expect(() => newcombePairedInterval({ ...counts, both: -1 })).toThrow(
      'newcombePairedInterval expected whole counts',
    )
    expect(() => newcombePairedInterval(counts, 0)).toThrow(RangeError)
  })
})
