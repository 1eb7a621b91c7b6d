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
  it('sums the labels of each value in label order, empty and unknown values included', () => {
    const [byRace] = distributions(factsOf(SCENE))
    expect(
      byRace.rows.map(({ value, total, counts }) => [value, total, counts.map(([label, n]) => [label, n])]),
    ).toEqual([
      ['A', 10, [['man', 8], ['thief', 2]]], // prettier-ignore
      ['B', 0, []],
      ['unknown', 4, [['animal', 4]]],
    ])
  })

  it('says of each label whether it implies the value of the attribute', () => {
    const labels = LABELS.labels.map((label) =>
      label.id === 'man'
        ? { ...label, implies: [...label.implies, { attribute: 'race', values: ['A', 'Female'] }] } // a race may have any name
        : label,
    )
    const [byRace, byGender] = distributions(factsOf({ ...SCENE, labelSets: [{ ...LABELS, labels }] }))
    expect(byGender.rows.map(({ value, counts }) => [value, counts[0]])).toEqual([
      ['Male', ['man', 5, true]],
      ['Female', ['man', 3, false]],
    ])
    expect(byRace.rows.map(({ value, counts }) => [value, counts[0]])).toEqual([
      ['A', ['man', 8, true]],
      ['B', undefined],
      ['unknown', ['animal', 4, false]],
    ])
  })

  it('keeps evidence and label sets apart', () => {
    const facts = factsOf({ ...SCENE, labelSets: [LABELS, { ...LABELS, id: 'again' }] })
    // a second run of the same images, whose label sets disagree: all thieves under the one, all animals under the other
    const second = facts.tallies.map((tally) => {
      const counts = [[tally.labelSet === 'again' ? 'animal' : 'thief', tally.total]] as const
      return { ...tally, evidence: 'e2', counts }
    })
    const evidence = [...facts.evidence, { ...facts.evidence[0], id: 'e2' }]
    const all = distributions({ ...facts, evidence, tallies: [...second, ...facts.tallies] })
    const ofMen = all
      .filter(({ attribute }) => attribute === 'gender')
      .map(({ rows, ...rest }) => [rest, rows[0].counts])
    expect(ofMen).toEqual([
      [{ evidence: 'e1', labelSet: 'four-labels', attribute: 'gender' }, [['man', 5, true], ['animal', 4, false]]],
      [{ evidence: 'e1', labelSet: 'again', attribute: 'gender' }, [['man', 5, true], ['animal', 4, false]]],
      [{ evidence: 'e2', labelSet: 'four-labels', attribute: 'gender' }, [['thief', 9, false]]],
      [{ evidence: 'e2', labelSet: 'again', attribute: 'gender' }, [['animal', 9, false]]],
    ]) // prettier-ignore
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
