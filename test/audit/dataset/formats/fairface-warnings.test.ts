import { describe, expect, it } from 'vitest'
import { fairFaceWarnings } from '../../../../src/audit/dataset/formats/fairface-warnings.js'
import { FAIRFACE_VALUES } from '../../../../src/audit/dataset/formats/fairface.js'
import type { AttributeColumn } from '../../../../src/audit/types/dataset.js'
import { fairFacePlan } from '../helpers.js'

function column(name: string, images: readonly (readonly [string, number])[]): AttributeColumn {
  const values = FAIRFACE_VALUES.get(name)?.values ?? []
  const codes = images.flatMap(([value, count]) => Array.from({ length: count }, () => values.indexOf(value)))
  return { name, values, codes: Uint16Array.from(codes), labelledBy: 'annotator' }
}
const genders = (male: number, female: number): AttributeColumn =>
  column('gender', [
    ['Male', male],
    ['Female', female],
  ])
const codesOf = (attributes: readonly AttributeColumn[], parts = {}): string[] =>
  fairFaceWarnings(fairFacePlan('labels.csv', parts), attributes).map(({ code }) => code)

describe('fairFaceWarnings', () => {
  it('says once that the crop is not stated', () => {
    expect(codesOf([], { crop: null })).toEqual(['crop.not-stated'])
    expect(codesOf([], { crop: '1.25' })).toEqual([])
  })

  it('suspects a file without anybody of 3-9 and 10-19', () => {
    expect(codesOf([column('age', [['20-29', 30]])])).toEqual(['age.no-children'])
    expect(codesOf([column('age', [['20-29', 29]])])).toEqual([])
    expect(
      codesOf([
        column('age', [
          ['20-29', 30],
          ['3-9', 1],
        ]),
      ]),
    ).toEqual([])
  })

  it('accepts the published validation counts', () => expect(codesOf([genders(5792, 5162)])).toEqual([]))

  it('names the counts that differ in a file of the same size', () =>
    expect(fairFaceWarnings(fairFacePlan('labels.csv'), [genders(5791, 5163)])).toEqual([
      {
        code: 'fairface.counts-differ',
        count: 2,
        message:
          'this is not the published validation set: gender Male 5791 (published 5792), gender Female 5163 (published 5162)',
      },
    ]))

  it('says nothing of a file of another size', () => expect(codesOf([genders(10, 20)])).toEqual([]))

  it('says nothing of simulated data', () =>
    expect(codesOf([genders(5791, 5163)], { simulated: true, crop: null })).toEqual([]))
})
