import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareOverlap } from '../../../../src/audit/measures/data-overlap/compare-overlap.js'

const part = fc
  .integer({ min: 0, max: 300 })
  .chain((total) => fc.record({ count: fc.integer({ min: 0, max: total }), total: fc.constant(total) }))

describe('compareOverlap', () => {
  it('gives the worked values of measures.md, B14 (scipy 1.10)', () => {
    const compared = compareOverlap({ clean: { count: 900, total: 1000 }, overlap: { count: 95, total: 100 } }, 0.995)
    expect(compared.all).toEqual({ count: 995, total: 1100 })
    expect(compared.contamination).toEqual({ count: 100, total: 1100 })
    expect(compared.difference).toBeCloseTo(0.00454545454545, 12)
    expect(compared.p).toBeCloseTo(0.0575768865, 9)
    expect(compared.interval?.low).toBeCloseTo(0.855940053, 9)
    expect(compared.interval?.high).toBeCloseTo(0.990718767, 9)
    expect(compared.fisher).toBeCloseTo(0.0666752048, 9) // scipy 1.10, fisher_exact, alternative greater
  })
  it('without overlap has no contamination, a difference of 0 and no p', () => {
    const compared = compareOverlap({ clean: { count: 90, total: 100 }, overlap: { count: 0, total: 0 } }, 0.995)
    expect(compared).toMatchObject({ difference: 0, p: null, fisher: null, interval: null })
    expect(compared.contamination).toEqual({ count: 0, total: 100 })
  })
  it('without clean images has nothing to compare with', () => {
    const compared = compareOverlap({ clean: { count: 0, total: 0 }, overlap: { count: 9, total: 10 } }, 0.995)
    expect(compared).toMatchObject({ difference: null, p: null, fisher: null })
    expect(compared.interval).not.toBeNull()
  })
  it('adds to the accuracy exactly where the overlap is more often right than the clean images', () => {
    fc.assert(
      fc.property(part, part, (clean, overlap) => {
        fc.pre(clean.total > 0 && overlap.total > 0)
        const { difference, p } = compareOverlap({ clean, overlap }, 0.995)
        expect(Math.sign(difference ?? NaN)).toBe(Math.sign(overlap.count * clean.total - clean.count * overlap.total))
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })
})
