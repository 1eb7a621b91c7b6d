import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialTail } from '../../../src/audit/statistics/binomial-tail.js'
import { mcnemarTest } from '../../../src/audit/statistics/mcnemar-test.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { chanceOf, discordantSamples, pairedCounts, simulationError, swapped } from './paired-samples.js'
import type { Cells } from './paired-samples.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

function changed(onlyFirst: number, onlySecond: number): PairedCounts {
  return { both: 3, onlyFirst, onlySecond, neither: 4 }
}

describe('mcnemarTest', () => {
  it.each(referenceRows<{ counts: PairedCounts }>('mcnemar'))(
    'agrees with statsmodels, exact fractions and 60-digit sums: $input.counts',
    ({ input, expected }) => {
      const { exact, midP } = mcnemarTest(input.counts)
      expectClose(exact, expected.exact, ROOT_FOUND)
      expectClose(midP, expected.midP, ROOT_FOUND)
    },
  )
  it.each([
    // specification, A6
    [2, 12, 0.0129394531, 0.00738525391],
    [0, 6, 0.03125, 0.015625],
    [5, 5, 1, 1],
    [30, 10, 0.00222143377, 0.00145049101],
  ])('of %i against %i is as published', (onlyFirst, onlySecond, exact, midP) => {
    const found = mcnemarTest(changed(onlyFirst, onlySecond))
    expectClose(found.exact, exact, 1e-8)
    expectClose(found.midP, midP, 1e-8)
  })
  it('is exactly 1 where no image changed, or as many each way', () => {
    for (const each of [0, 1, 7, 500_000]) expect(mcnemarTest(changed(each, each))).toEqual({ exact: 1, midP: 1 })
  })
  it('agrees with the incomplete beta function where that does not underflow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 }), (fewer, more) => {
        const total = 2 * fewer + more
        const tail = binomialTail('at-most', { count: fewer, total }, 0.5)
        const further = fewer === 0 ? 0 : binomialTail('at-most', { count: fewer - 1, total }, 0.5)
        const found = mcnemarTest(changed(fewer, fewer + more))
        expectClose(found.exact, Math.min(1, 2 * tail), 1e-11)
        expectClose(found.midP, tail + further, 1e-11)
      }),
    )
  })
  it('does not depend on which run is first, nor on images that did not change', () => {
    fc.assert(
      fc.property(pairedCounts(2000), (counts) => {
        const found = mcnemarTest(counts)
        expect(mcnemarTest(swapped(counts))).toEqual(found)
        expect(mcnemarTest({ ...counts, both: 0, neither: counts.neither + 1 })).toEqual(found)
        expect(0 <= found.midP && found.midP <= found.exact && found.exact <= 1).toBe(true)
      }),
    )
  })
  it.each([
    // specification, D3: how often p is at most 0.05 when the rate did not change
    [30, [0.1, 0.02, 0.02, 0.86], 0, 0],
    [118, [0.1, 0.02, 0.02, 0.86], 0.008, 0.022],
    [750, [0.1, 0.02, 0.02, 0.86], 0.03, 0.043],
    [30, [0.3, 0.05, 0.05, 0.6], 0.002, 0.008],
    [118, [0.3, 0.05, 0.05, 0.6], 0.024, 0.043],
    [750, [0.3, 0.05, 0.05, 0.6], 0.038, 0.049],
  ] as [number, Cells, number, number][])(
    'errs for %i images with cells %j as rarely as the specification says',
    (total, cells, exact, midP) => {
      const samples = discordantSamples(total, cells)
      const errs = (which: 'exact' | 'midP') => chanceOf(samples, (counts) => mcnemarTest(counts)[which] <= 0.05)
      expect(Math.abs(errs('exact') - exact)).toBeLessThan(simulationError(exact))
      expect(Math.abs(errs('midP') - midP)).toBeLessThan(simulationError(midP))
    },
  )
  it('refuses counts that are none', () => {
    expect(() => mcnemarTest(changed(-1, 2))).toThrow('mcnemarTest expected whole counts')
    expect(() => mcnemarTest({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toThrow(RangeError)
  })
})
