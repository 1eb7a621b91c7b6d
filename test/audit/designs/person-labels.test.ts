import { describe, expect, it } from 'vitest'
import { personLabels } from '../../../src/audit/designs/person-labels.js'
import { readLabelSet } from '../../../src/audit/definitions/shipped.js'
import { FAIRFACE_VALUES } from '../../../src/audit/dataset/formats/fairface.js'

const fairFace = (...names: string[]) =>
  names.map((name) => ({ name, values: FAIRFACE_VALUES.get(name)?.values ?? [] }))
const plain = (labels: readonly { text: string; implies: readonly unknown[] }[]) =>
  labels.map(({ text, implies }) => JSON.stringify([text, implies])).sort()

describe('personLabels', () => {
  it('makes the 14 person labels of clip-paper from the races and genders of FairFace', () => {
    const people = readLabelSet('clip-paper').labels.filter(({ outcome }) => outcome === 'person')
    expect(plain(personLabels(fairFace('race', 'gender')))).toEqual(plain(people))
  })

  it.each(['age', 'race', 'gender'])('makes the labels of fairface-%s', (attribute) => {
    expect(plain(personLabels(fairFace(attribute)))).toEqual(plain(readLabelSet(`fairface-${attribute}`).labels))
  })

  it('calls no child a man, and nobody a boy who may be an adult', () => {
    const ages = { name: 'age', values: ['3-9', '10-19', '20-29'] }
    const texts = personLabels([{ name: 'gender', values: ['Male'] }, ages]).map(({ text }) => text)
    expect(texts).toEqual(['a boy aged 3 to 9', 'a male person aged 10 to 19', 'a man aged 20 to 29'])
  })
})
