import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherExact } from '../../../src/audit/statistics/fisher-exact.js'
import { proportions } from './proportions.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('fisherExact', () => {
  it.each(referenceRows<TwoProportions>('fisher'))('agrees with scipy: $input', ({ input, expected }) => {
    const { twoSided, less, greater, midP } = fisherExact(input.group, input.reference)
    expectClose(twoSided, expected.twoSided, ROOT_FOUND)
    expectClose(less, expected.less, ROOT_FOUND)
    expectClose(greater, expected.greater, ROOT_FOUND)
    expectClose(midP, expected.midP, ROOT_FOUND)
  })
  it('gives the published values', () => {
    // scipy 1.10.1, as printed in the specification, A3
    const small = fisherExact({ count: 9, total: 10 }, { count: 3, total: 10 })
    expectClose(small.twoSided, 0.0197666111, 1e-9)
    expectClose(small.greater, 0.00988330555, 1e-9)
    expectClose(small.midP, 0.0150035723, 5e-9)
    const uneven = fisherExact({ count: 0, total: 30 }, { count: 224, total: 1556 })
    expectClose(uneven.twoSided, 0.015746317, 1e-8)
    expectClose(uneven.less, 0.00991654731, 1e-9)
    // the lady tasting tea, Fisher 1935
    expectClose(fisherExact({ count: 3, total: 4 }, { count: 1, total: 4 }).twoSided, 34 / 70, CLOSED_FORM)
  })
  it('is 1 where nobody or everybody is counted', () => {
    const one = { twoSided: 1, less: 1, greater: 1, midP: 1 }
    expect(fisherExact({ count: 0, total: 5 }, { count: 0, total: 9 })).toEqual(one)
    expect(fisherExact({ count: 5, total: 5 }, { count: 9, total: 9 })).toEqual(one)
  })
  it('counts the mirrored table as equally probable between groups of equal size', () => {
    for (let more = 1; more <= 40; more++) {
      for (let fewer = 0; fewer < more; fewer++) {
        const { twoSided, less } = fisherExact({ count: fewer, total: 40 }, { count: more, total: 40 })
        expectClose(twoSided, Math.min(1, 2 * less), CLOSED_FORM)
      }
    }
  })
  it('agrees with itself when the sides are exchanged, and stays within 0 and 1', () => {
    fc.assert(
      fc.property(proportions(400), proportions(400), (group, reference) => {
        const there = fisherExact(group, reference)
        const back = fisherExact(reference, group)
        expectClose(there.twoSided, back.twoSided, ROOT_FOUND)
        expectClose(there.less, back.greater, ROOT_FOUND)
        for (const p of Object.values(there)) expect(p >= 0 && p <= 1).toBe(true)
      }),
    )
  })
  it('keeps its digits in the far tail', () => {
    // all of one hundred against none of another: one table out of 200 choose 100
    let tables = 1
    for (let k = 1; k <= 100; k++) tables *= (100 + k) / k
    expectClose(fisherExact({ count: 100, total: 100 }, { count: 0, total: 100 }).greater, 1 / tables, CLOSED_FORM)
  })
  it('refuses a side without images', () => {
    const message = 'fisherExact expected a total of at least one observation but received 0'
    expect(() => fisherExact({ count: 0, total: 0 }, { count: 1, total: 2 })).toThrow(message)
    expect(() => fisherExact({ count: 1, total: 2 }, { count: 0, total: 0 })).toThrow(message)
  })
})
