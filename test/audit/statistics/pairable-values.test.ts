import { describe, expect, it } from 'vitest'
import { pairableValues } from '../../../src/audit/statistics/pairable-values.js'

describe('pairableValues', () => {
  it('counts values that can be paired, by category, and how many agree', () => {
    const counted = pairableValues([
      { counts: [2, 1], units: 2 }, // of the three, two agree with one of two others
      { counts: [0, 2], units: 1 },
      { counts: [1, 0], units: 5 }, // nobody to be paired with
    ])
    expect(counted).toEqual({ total: 8, ofCategory: [4, 4], agreeing: 4 })
  })
  it('counts nothing in nothing', () => {
    expect(pairableValues([])).toEqual({ total: 0, ofCategory: [], agreeing: 0 })
  })
  it('refuses counts that are not whole, and patterns of other categories', () => {
    expect(() => pairableValues([{ counts: [0.5, 1], units: 1 }])).toThrow('a whole count from 0 but received 0.5')
    expect(() => pairableValues([{ counts: [1, 1], units: -1 }])).toThrow(RangeError)
    expect(() => pairableValues([{ counts: [1, 1], units: 1 }, { counts: [2], units: 1 }])).toThrow('2 categories') // prettier-ignore
  })
})
