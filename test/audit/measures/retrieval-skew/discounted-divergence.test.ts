import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discountedDivergence } from '../../../../src/audit/measures/retrieval-skew/discounted-divergence.js'
import { CLOSED_FORM, expectClose } from '../../statistics/reference-rows.js'

describe('discountedDivergence', () => {
  it('of one place is the divergence there: ln(1 / desired)', () => {
    expect(discountedDivergence([0], [0.5, 0.5])).toBe(Math.log(2))
    expect(discountedDivergence([1], [0.75, 0.25])).toBe(Math.log(4))
  })

  it('weights place j by 1 / log2(j + 1)', () => {
    // place 1: ln 2, weight 1; place 2: the desired mix, weight 1 / log2(3)
    const second = 1 / Math.log2(3)
    expectClose(discountedDivergence([0, 1], [0.5, 0.5]), Math.log(2) / (1 + second), CLOSED_FORM)
    expectClose(discountedDivergence([0, 1], [0.5, 0.5], 1), Math.log(2), CLOSED_FORM)
    expectClose(discountedDivergence([0, 1], [0.5, 0.5], 3), Math.log(2) / (1.5 + second), CLOSED_FORM)
  })

  it('is 0 where only one value is desired and shown, and never negative', () => {
    expect(discountedDivergence([0, 0, 0], [1])).toBe(0)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 30 }), (ranked) => {
        expect(discountedDivergence(ranked, [0.2, 0.3, 0.5])).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('does not depend on which value is called which', () => {
    const [there, back] = [discountedDivergence([0, 0, 1, 2], [0.5, 0.25, 0.25]), discountedDivergence([2, 2, 0, 1], [0.25, 0.25, 0.5])] // prettier-ignore
    expectClose(there, back, CLOSED_FORM)
  })

  it('weighs the first places more', () =>
    expect(discountedDivergence([0, 0, 1, 1], [0.5, 0.5])).toBeGreaterThan(discountedDivergence([0, 1, 0, 1], [0.5, 0.5]))) // prettier-ignore
})
