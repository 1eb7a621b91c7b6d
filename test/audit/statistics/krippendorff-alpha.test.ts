import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { krippendorffAlpha } from '../../../src/audit/statistics/krippendorff-alpha.js'
import { pairableValues } from '../../../src/audit/statistics/pairable-values.js'
import { expectClose, CLOSED_FORM } from './reference-rows.js'

/** One column a thing, one row a person; 0 is no value, others are categories from 1. */
function unitsOf(rows: readonly (readonly number[])[], categories: number) {
  return rows[0].map((_, unit) => ({
    counts: Array.from(
      { length: categories },
      (_, category) => rows.filter((row) => row[unit] === category + 1).length,
    ),
    units: 1,
  }))
}

const patterns = fc
  .array(
    fc.record({
      counts: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
      units: fc.integer({ min: 1, max: 6 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .filter((all) => pairableValues(all).ofCategory.filter((count) => count > 0).length > 1)

describe('krippendorffAlpha', () => {
  it('gives the 0.743 of Krippendorff’s example of four people and missing values (2011, section C)', () => {
    const rows = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
      [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ]
    // the full number: a matrix of coincidences built value by value in numpy 2
    expectClose(krippendorffAlpha(pairableValues(unitsOf(rows, 5))), 0.7434210526315788, CLOSED_FORM)
  })
  it('gives the 0.095 of his example of two people and two categories (2011, section A)', () => {
    const rows = [
      [1, 2, 1, 1, 1, 1, 1, 1, 2, 1],
      [2, 2, 2, 1, 1, 2, 1, 1, 1, 1],
    ]
    expectClose(krippendorffAlpha(pairableValues(unitsOf(rows, 2))), 0.09523809523809534, CLOSED_FORM)
  })
  it('is 1 where everyone agrees on everything, and never above', () => {
    expect(krippendorffAlpha(pairableValues([{ counts: [3, 0], units: 2 }, { counts: [0, 2], units: 1 }]))).toBe(1) // prettier-ignore
    fc.assert(fc.property(patterns, (all) => krippendorffAlpha(pairableValues(all)) <= 1 + 1e-12))
  })
  it('does not move with the order of things or categories, nor with how equal ones are counted together', () => {
    fc.assert(
      fc.property(patterns, (all) => {
        const value = krippendorffAlpha(pairableValues(all))
        expectClose(krippendorffAlpha(pairableValues([...all].reverse())), value, 1e-9)
        const turned = all.map(({ counts, units }) => ({ counts: [...counts].reverse(), units }))
        expectClose(krippendorffAlpha(pairableValues(turned)), value, 1e-9)
        const singly = all.flatMap(({ counts, units }) => Array.from({ length: units }, () => ({ counts, units: 1 })))
        expectClose(krippendorffAlpha(pairableValues(singly)), value, 1e-9)
      }),
    )
  })
  it('leaves out what one person alone judged', () => {
    const both = [{ counts: [2, 0], units: 3 }, { counts: [1, 1], units: 1 }, { counts: [0, 2], units: 2 }] // prettier-ignore
    const alone = { counts: [1, 0], units: 9 }
    expect(krippendorffAlpha(pairableValues([...both, alone]))).toBe(krippendorffAlpha(pairableValues(both)))
  })
  it('refuses decisions of one category, and none that can be paired', () => {
    expect(() => krippendorffAlpha(pairableValues([{ counts: [2, 0], units: 3 }]))).toThrow('two categories in use')
    expect(() => krippendorffAlpha(pairableValues([{ counts: [1, 0], units: 3 }]))).toThrow(RangeError)
  })
})
