import { describe, expect, it } from 'vitest'
import { isAgeName, isGenderName, labelWords } from '../../../../src/audit/designs/lint/label-words.js'

const read = (text: string) => labelWords({ text, implies: [] })

describe('labelWords', () => {
  it('reads article, gender and ages', () => {
    expect(read('an elderly Indian man')).toMatchObject({
      article: 'an',
      gender: 'masculine',
      ages: [{ from: 60, to: 130 }],
    })
    expect(read('a baby girl')).toMatchObject({ gender: 'feminine', ages: [{ from: 0, to: 2 }] })
  })

  it('takes what is implied before what is said', () => {
    const implies = [{ attribute: 'age', values: ['0-2', '3-9', '10-19'] }]
    expect(labelWords({ text: 'a child', implies }).ages).toEqual([
      { from: 0, to: 2 },
      { from: 3, to: 9 },
      { from: 10, to: 19 },
    ])
  })

  it('knows nothing of the ages of a thief, and any age of a group without a word for a person', () => {
    expect(read('a thief').ages).toBeNull()
    expect(labelWords({ text: 'a Korean', implies: [{ attribute: 'race', values: ['Asian'] }] }).ages).toEqual([
      { from: 0, to: 130 },
    ])
  })

  it('knows that what is non-human is no person', () => {
    expect(read('a non-human animal').personWords).toEqual([])
  })
})

describe('names of attributes', () => {
  it('tells age and gender from words that hold them', () => {
    expect(['age', 'age_group', 'Age', 'age-19'].every(isAgeName)).toBe(true)
    expect(['image', 'language', 'percentage', 'usage'].some(isAgeName)).toBe(false)
    expect(['gender', 'sex', 'perceived gender'].every(isGenderName)).toBe(true)
    expect(['essex', 'agenda'].some(isGenderName)).toBe(false)
  })
})
