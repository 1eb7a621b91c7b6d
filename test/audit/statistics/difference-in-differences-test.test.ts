import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceInDifferencesTest } from '../../../src/audit/statistics/difference-in-differences-test.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { pairedCounts } from './paired-samples.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

/** Some images change and some do not, so that the change varies. */
const varying = pairedCounts(100_000).map((counts) => ({
  ...counts,
  onlyFirst: counts.onlyFirst + 1,
  neither: counts.neither + 1,
}))

describe('differenceInDifferencesTest', () => {
  it.each(referenceRows<{ group: PairedCounts; reference: PairedCounts }>('difference-in-differences-test'))(
    'agrees with exact fractions: $input',
    ({ input, expected }) => {
      const { z, p } = differenceInDifferencesTest(input.group, input.reference)
      expectClose(z, expected.z, CLOSED_FORM)
      expectClose(p, expected.p, ROOT_FOUND)
    },
  )
  it('changes sign with the sides and keeps its p', () => {
    fc.assert(
      fc.property(varying, varying, (group, reference) => {
        const there = differenceInDifferencesTest(group, reference)
        const back = differenceInDifferencesTest(reference, group)
        expect(back.z + 0).toBe(0 - there.z)
        expect(back.p).toBe(there.p)
        expect(0 <= there.p && there.p <= 1).toBe(true)
      }),
    )
  })
  it('finds nothing between equal changes', () => {
    fc.assert(
      fc.property(varying, (counts) => {
        expect(differenceInDifferencesTest(counts, counts)).toEqual({ z: 0, p: 1 })
      }),
    )
  })
  it('runs where only one side varies', () => {
    const still = { both: 5, onlyFirst: 0, onlySecond: 0, neither: 5 }
    const moved = { both: 5, onlyFirst: 0, onlySecond: 5, neither: 0 }
    expectClose(differenceInDifferencesTest(moved, still).z, Math.sqrt(10), CLOSED_FORM)
    expectClose(differenceInDifferencesTest(still, moved).z, -Math.sqrt(10), CLOSED_FORM)
  })
  it('refuses sides on which nothing varies', () => {
    const still = { both: 5, onlyFirst: 0, onlySecond: 0, neither: 5 }
    const all = { both: 0, onlyFirst: 9, onlySecond: 0, neither: 0 }
    expect(() => differenceInDifferencesTest(still, all)).toThrow(RangeError)
    expect(() => differenceInDifferencesTest(still, all)).toThrow('received no variation on either side')
  })
  it('refuses counts that are none, on either side', () => {
    const good = { both: 1, onlyFirst: 1, onlySecond: 1, neither: 1 }
    const wrong = { ...good, neither: -1 }
    expect(() => differenceInDifferencesTest(wrong, good)).toThrow('differenceInDifferencesTest expected whole counts')
    expect(() => differenceInDifferencesTest(good, wrong)).toThrow('differenceInDifferencesTest expected whole counts')
  })
})
