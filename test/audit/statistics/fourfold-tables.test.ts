import { describe, expect, it } from 'vitest'
import { fourfoldTables, withGroupCount } from '../../../src/audit/statistics/fourfold-tables.js'
import { stratum } from './strata-samples.js'

describe('fourfoldTables', () => {
  it('writes a stratum as four cells with their margins', () =>
    expect(fourfoldTables('here', [stratum(1, 2, 3, 5)], 'four-margins')).toEqual({
      tables: [{ a: 1, b: 2, c: 3, d: 5, groupTotal: 3, referenceTotal: 8, counted: 4, uncounted: 7, total: 11 }],
      emptyStrata: [],
    }))
  it.each([
    ['no image of the group', stratum(0, 0, 1, 2), ['both-sides', 'four-margins']],
    ['no image of the reference', stratum(1, 2, 0, 0), ['both-sides', 'four-margins']],
    ['no image counted', stratum(0, 2, 0, 1), ['four-margins']],
    ['every image counted', stratum(2, 0, 1, 0), ['four-margins']],
    ['one empty cell', stratum(0, 2, 1, 1), []],
  ] as const)('lists a stratum with %s where it says nothing', (_, odd, emptyFor) => {
    for (const needs of ['both-sides', 'four-margins'] as const) {
      const isEmpty = (emptyFor as readonly string[]).includes(needs) // a list of fewer words is still one of words
      const { tables, emptyStrata } = fourfoldTables('here', [stratum(1, 1, 1, 1), odd, stratum(2, 1, 1, 1)], needs)
      expect(emptyStrata).toEqual(isEmpty ? [1] : [])
      expect(tables.map(({ a }) => a)).toEqual(isEmpty ? [1, 2] : [1, odd.group.count, 2])
    }
  })
  it('refuses totals that are not whole or below 0, on either side', () => {
    for (const total of [-1, 0.5, NaN]) {
      const odd = { count: 0, total }
      const good = { count: 1, total: 2 }
      for (const wrong of [
        { group: odd, reference: good },
        { group: good, reference: odd },
      ]) {
        expect(() => fourfoldTables('breslowDay', [wrong], 'both-sides')).toThrow(RangeError)
        expect(() => fourfoldTables('breslowDay', [wrong], 'both-sides')).toThrow(
          `breslowDay expected a whole total from 0 but received ${total}`,
        )
      }
    }
  })
  it('refuses counts that are not whole, below 0 or above the total', () => {
    for (const count of [-1, 1.5, 4, NaN]) {
      const wrong = () => fourfoldTables('here', [{ group: { count: 1, total: 2 }, reference: { count, total: 3 } }], 'both-sides') // prettier-ignore
      expect(wrong).toThrow(RangeError)
      expect(wrong).toThrow(`here expected a whole count from 0 to 3 but received ${count}`)
    }
  })
})

describe('withGroupCount', () => {
  it('keeps the margins and moves every cell', () => {
    const { tables } = fourfoldTables('here', [stratum(1, 2, 3, 5)], 'four-margins')
    expect(withGroupCount(tables[0], 3)).toEqual(
      fourfoldTables('here', [stratum(3, 0, 1, 7)], 'four-margins').tables[0],
    )
  })
})
