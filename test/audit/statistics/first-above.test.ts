import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstAbove } from '../../../src/audit/statistics/first-above.js'

describe('firstAbove', () => {
  it('is the first place whose entry exceeds the value; an equal one does not', () => {
    const table = Float64Array.of(0.25, 0.75, 1)
    expect([0, 0.2499, 0.25, 0.7499, 0.75, 0.9999].map((value) => firstAbove(table, value))).toEqual([0, 0, 1, 1, 2, 2])
  })
  it('passes over places that cannot be drawn', () =>
    expect([0, 0.5].map((value) => firstAbove(Float64Array.of(0, 0, 0.5, 0.5, 1), value))).toEqual([2, 4]))
  it('is the last place where no entry exceeds the value', () =>
    expect(firstAbove(Float64Array.of(0.1, 0.2), 5)).toBe(1))
  it('agrees with a search from the start', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), fc.integer({ min: -1, max: 8 }), (entries, value) => {
        const table = Float64Array.from([...entries, 9]).sort()
        expect(firstAbove(table, value)).toBe(table.findIndex((entry) => entry > value))
      }),
    ) // prettier-ignore
  })
})
