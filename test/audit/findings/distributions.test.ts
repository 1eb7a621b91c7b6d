import { describe, expect, it } from 'vitest'
import { distributions } from '../../../src/audit/findings/distributions.js'
import { LABELS } from '../../support/definitions.js'
import { factsOf, type Scene } from '../../support/facts.js'

const SCENE: Scene = {
  attributes: [
    { name: 'race', values: ['A', 'B', 'unknown'] },
    { name: 'gender', values: ['Male', 'Female'] },
  ],
  blocks: [
    { of: ['A', 'Male'], images: 5, label: 'man' },
    { of: ['A', 'Female'], images: 3, label: 'man' },
    { of: ['A', 'Female'], images: 2, label: 'thief' },
    { of: ['unknown', 'Male'], images: 4, label: 'animal' },
    { of: ['A', 'Male'], images: 7, fate: 'undecided' },
    { of: ['A', 'Male'], images: 8, fate: 'unreadable' },
  ],
}

describe('distributions', () => {
  const [byRace, byGender] = distributions(factsOf(SCENE))

  it('sums the labels of each value in label order, empty and unknown values included', () => {
    expect(
      byRace.rows.map(({ value, total, counts }) => [value, total, counts.map(([label, n]) => [label, n])]),
    ).toEqual([
      ['A', 10, [['man', 8], ['thief', 2]]], // prettier-ignore
      ['B', 0, []],
      ['unknown', 4, [['animal', 4]]],
    ])
  })

  it('says of each label whether it implies the value', () => {
    expect(byGender.rows.map(({ value, counts }) => [value, counts[0]])).toEqual([
      ['Male', ['man', 5, true]],
      ['Female', ['man', 3, false]],
    ])
  })

  it('adds up to the decided images, for each label set', () => {
    const twice = { ...SCENE, labelSets: [LABELS, { ...LABELS, id: 'again' }] }
    const all = distributions(factsOf(twice))
    expect(all.map(({ labelSet, attribute }) => `${labelSet} ${attribute}`)).toEqual([
      'four-labels race',
      'four-labels gender',
      'again race',
      'again gender',
    ])
    expect(all.map(({ rows }) => rows.reduce((sum, { total }) => sum + total, 0))).toEqual([14, 14, 14, 14])
  })
})
