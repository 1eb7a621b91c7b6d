import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kendallW } from '../../../src/audit/statistics/kendall-w.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

const rankings = fc
  .integer({ min: 2, max: 6 })
  .chain((items) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: items, maxLength: items }), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .filter((rows) => rows.some((row) => new Set(row).size > 1))

describe('kendallW', () => {
  it.each(referenceRows<{ rankings: number[][] }>('kendall-w'))(
    'agrees with scipy’s Friedman test: $expected.value',
    ({ input, expected }) => {
      expectClose(kendallW(input.rankings), expected.value, CLOSED_FORM)
    },
  )
  it('is 1 where all rankings agree, and 0 where two are each other’s reverse', () => {
    expect(kendallW([[1, 5, 9], [2, 3, 4]])).toBe(1) // prettier-ignore
    expect(kendallW([[1, 2, 3], [3, 2, 1]])).toBe(0) // prettier-ignore
    expect(kendallW([[7, 1, 3]])).toBe(1)
  })
  it('lies from 0 to 1, and does not move with the order of rankings or items, nor with the scale', () => {
    fc.assert(
      fc.property(rankings, (rows) => {
        const value = kendallW(rows)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1 + 1e-12)
        expectClose(kendallW([...rows].reverse()), value, CLOSED_FORM)
        expectClose(kendallW(rows.map((row) => [...row].reverse())), value, CLOSED_FORM)
        expectClose(kendallW(rows.map((row) => row.map((each) => 3 * each - 100))), value, CLOSED_FORM)
      }),
    )
  })
  it('gives equal values their middle rank', () => {
    // ranks 1.5 1.5 3 and 1 2 3: sums 2.5 3.5 6 about 4, so 12 x 6.5 over 4 x 24 less 2 x (8 - 2)
    expectClose(kendallW([[1, 1, 2], [1, 2, 3]]), 78 / 84, CLOSED_FORM) // prettier-ignore
  })
  it('refuses no rankings, one item, rankings of other items, and what is no number', () => {
    expect(() => kendallW([])).toThrow('kendallW expected at least one ranking but received none')
    expect(() => kendallW([[1], [2]])).toThrow('expected at least 2 items but received 1')
    expect(() => kendallW([[1, 2], [1, 2, 3]])).toThrow('expected 2 items a ranking but received 3') // prettier-ignore
    expect(() => kendallW([[1, NaN]])).toThrow('expected finite numbers')
    expect(() => kendallW([])).toThrow(RangeError)
  })
  it('refuses rankings that tie everything', () => {
    expect(() => kendallW([[1, 1], [0, 0]])).toThrow('only ties') // prettier-ignore
  })
  it('leaves its input as it is', () => {
    const rows = Object.freeze([Object.freeze([3, 1, 2]), Object.freeze([2, 1, 3])])
    expect(() => kendallW(rows)).not.toThrow()
  })
})
