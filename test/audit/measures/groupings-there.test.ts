import { describe, expect, it } from 'vitest'
import { groupingsThere } from '../../../src/audit/measures/groupings-there.js'

const AGE_19 = { id: 'age-19', from: 'age', groups: [{ value: 'to 19', values: ['0-9', '10-19'] }] }
const groupBy = [['race'], ['age-19'], ['race', 'age-19'], ['gender']]
const there = (...names: string[]) =>
  groupingsThere(
    names.map((name) => ({ name })),
    { groupBy, derive: [AGE_19] },
  )

describe('groupingsThere', () => {
  it('keeps a derived grouping where the attribute it is made from is there', () => {
    expect(there('race', 'age')).toEqual([['race'], ['age-19'], ['race', 'age-19']])
  })

  it('leaves it out where that is missing, alone and crossed', () => {
    expect(there('race', 'gender')).toEqual([['race'], ['gender']])
  })

  it('keeps an attribute that the dataset itself has under the name of a derived one', () => {
    expect(there('age-19')).toEqual([['age-19']])
  })

  it('hands back the groupings themselves: rows are found by them', () => {
    expect(there('race')[0]).toBe(groupBy[0])
  })
})
