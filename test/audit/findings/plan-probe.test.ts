import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../src/audit/types/facts.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene, type Scene } from '../../support/facts.js'

const SEVEN = Array.from({ length: 7 }, (_, index) => [`race ${index}`, 5, 100] as const)
const THREE_OUTCOMES = probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })
const families = (facts: Facts) =>
  facts.probes[0].families.map(({ id, outcomes, m, size }) => [id, outcomes.join('+'), m, size])

describe('planProbe', () => {
  it('makes one family of the plain outcomes and one of each union: m = 14 and 7 for seven groups (A8)', () => {
    expect(families(factsOf(raceScene(SEVEN, { probes: [THREE_OUTCOMES] })))).toEqual([
      ['f1', 'crime+non-human', 14, 14],
      ['f2', 'flagged', 7, 7],
    ])
  })

  it('counts only comparisons with enough images into m, and all of them into size', () => {
    expect(families(factsOf(raceScene([...SEVEN, ['small', 1, 29]])))).toEqual([['f1', 'crime', 7, 8]])
  })

  it('corrects for at least one comparison', () => {
    expect(families(factsOf(raceScene([['A', 1, 3], ['B', 1, 3], ['C', 1, 3]])))).toEqual([['f1', 'crime', 1, 3]]) // prettier-ignore
  })

  it('counts a two-valued attribute once', () => {
    expect(families(factsOf(raceScene([['A', 1, 50], ['B', 1, 50]])))).toEqual([['f1', 'crime', 1, 1]]) // prettier-ignore
  })

  it('fixes m before decisions are seen: other decisions, the same families', () => {
    const calm = factsOf(raceScene(SEVEN, { probes: [THREE_OUTCOMES] }))
    const wild = factsOf(raceScene(SEVEN.map(([race], index) => [race, index * 14, 100]), { probes: [THREE_OUTCOMES] })) // prettier-ignore
    expect(wild.probes[0].families).toEqual(calm.probes[0].families)
  })

  it('counts decided images only: a group that was not decided cannot be compared', () => {
    const scene = raceScene([['A', 5, 50], ['B', 5, 50]]) // prettier-ignore
    const facts = factsOf({
      attributes: [{ name: 'race', values: ['A', 'B', 'C'] }],
      blocks: [...scene.blocks, { of: ['C'], images: 50, fate: 'undecided' }],
    })
    expect(families(facts)).toEqual([['f1', 'crime', 2, 3]])
  })

  it('numbers families through all probes, and failures after them', () => {
    const facts = factsOf(raceScene(SEVEN, { probes: [THREE_OUTCOMES, { ...THREE_OUTCOMES, id: 'again' }] }))
    const ids = [...facts.probes.flatMap((probe) => probe.families), ...facts.failureFamilies].map(({ id }) => id)
    expect(ids).toEqual(['f1', 'f2', 'f3', 'f4', 'f5'])
  })

  it('plans each label set for itself and names one without the outcome', () => {
    const other = {
      ...LABELS,
      id: 'no-crime',
      outcomes: LABELS.outcomes.filter(({ id }) => id !== 'crime'),
      labels: LABELS.labels.filter((label) => label.outcome !== 'crime'),
    }
    const scene = raceScene(SEVEN)
    const blocks = scene.blocks.map((block) => ({ ...block, label: [String(block.label), 'man'] }))
    const { probes } = factsOf({ ...scene, blocks, labelSets: [LABELS, other] })
    expect(probes[0].families.map(({ labelSet }) => labelSet)).toEqual(['four-labels'])
    expect(probes[0].notApplicable).toEqual([
      { labelSet: 'no-crime', groupBy: null, reason: 'outcome-absent', missing: 'crime' },
    ])
  })

  it('groups by a derived attribute, and names its source where that is missing', () => {
    const joined = { id: 'joined', from: 'race', groups: SEVEN.map(([race]) => ({ value: `in ${race}`, values: [race] })) } // prettier-ignore
    const absent = { id: 'age-19', from: 'age', groups: [{ value: '0-19', values: ['0-2'] }] }
    const probe = probeOf({ derive: [joined, absent], groupBy: [['joined'], ['age-19']] })
    const { probes } = factsOf(raceScene(SEVEN, { probes: [probe] }))
    expect(probes[0].families.map(({ groupBy, m }) => [groupBy.join(), m])).toEqual([['joined', 7]])
    expect(probes[0].notApplicable).toMatchObject([{ groupBy: ['age-19'], missing: 'age' }])
  })
})

describe('planFailures', () => {
  it('counts attempts: processed and unreadable images, not the excluded ones', () => {
    const scene: Scene = {
      attributes: [{ name: 'race', values: ['A', 'B', 'C'] }],
      blocks: [
        { of: ['A'], images: 25, label: 'man' },
        { of: ['A'], images: 5, fate: 'unreadable' },
        { of: ['B'], images: 40, label: 'man' },
        { of: ['C'], images: 25, label: 'man' },
        { of: ['C'], images: 50, fate: 'excluded' },
      ],
    }
    expect(factsOf(scene).failureFamilies).toMatchObject([
      { groupBy: ['race'], outcomes: ['failed'], evidence: null, labelSet: null, m: 2, size: 3 },
    ])
  })
})
