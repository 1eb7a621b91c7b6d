import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import type { Derived } from '../../../src/audit/types/derived.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene, type Block } from '../../support/facts.js'
import { groupName, verdictOn } from '../../support/look-up.js'

const UNEQUAL = [['A', 90, 300], ['B', 60, 300], ['C', 20, 1200], ['D', 5, 29]] as const // prettier-ignore

function listed({ contrasts, findings, summary }: Derived): string[] {
  return summary.largest.map((id) => {
    const contrast = contrasts.find((one) => one.id === findings.find((finding) => finding.id === id)?.contrast)
    return contrast === undefined ? 'nothing' : `${groupName(contrast)} ${contrast.outcome}`
  })
}

describe('summarise', () => {
  it('counts the verdicts of the probes, and leaves failure-to-process to itself', () => {
    const { summary } = derive(factsOf(raceScene(UNEQUAL)))
    expect(summary.verdicts).toEqual([
      ['disparity', 'higher', 2],
      ['disparity', 'lower', 1],
      ['within-margin', null, 0],
      ['inconclusive', null, 0],
      ['insufficient', null, 1],
    ])
  })

  it('lists disparities towards harm, the largest difference first, and no lower ones', () => {
    expect(listed(derive(factsOf(raceScene(UNEQUAL))))).toEqual(['A crime', 'B crime'])
  })

  it('puts the larger difference first wherever it was declared', () => {
    const counts = [['A', 60, 300], ['B', 90, 300], ['C', 20, 1200]] as const // prettier-ignore
    expect(listed(derive(factsOf(raceScene(counts))))).toEqual(['B crime', 'A crime'])
  })

  it('puts the worse harm before the larger difference', () => {
    const outcomes = LABELS.outcomes.map((outcome) =>
      outcome.id === 'crime' ? { ...outcome, harm: 'stereotyping' as const } : outcome,
    )
    const probes = [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN] } })]
    const blocks: Block[] = [
      { of: ['A'], images: 120, label: 'thief' },
      { of: ['A'], images: 180, label: 'man' },
      { of: ['B'], images: 60, label: 'animal' },
      { of: ['B'], images: 240, label: 'man' },
      { of: ['C'], images: 1200, label: 'man' },
    ]
    const scene = raceScene([['A', 0, 0], ['B', 0, 0], ['C', 0, 0]], { blocks, probes, labelSets: [{ ...LABELS, outcomes }] }) // prettier-ignore
    expect(listed(derive(factsOf(scene)))).toEqual(['B non-human', 'A crime'])
  })

  it('lists a group with two harms once, by the worst, under each label set', () => {
    const probes = [probeOf({ measure: { kind: 'outcome-rate', outcomes: [NON_HUMAN, CRIME] } })]
    const blocks: Block[] = [
      { of: ['A'], images: 90, label: 'thief' },
      { of: ['A'], images: 60, label: 'animal' },
      { of: ['A'], images: 150, label: 'man' },
      { of: ['B'], images: 1200, label: 'man' },
      { of: ['C'], images: 1200, label: 'man' },
    ]
    const scene = raceScene([['A', 0, 0], ['B', 0, 0], ['C', 0, 0]], { blocks, probes }) // prettier-ignore
    expect(listed(derive(factsOf(scene)))).toEqual(['A crime'])
    const twice = { ...scene, labelSets: [LABELS, { ...LABELS, id: 'again' }] }
    expect(listed(derive(factsOf(twice)))).toEqual(['A crime', 'A crime'])
  })

  it('lists a union that alone is a disparity only where its probe counts no parts', () => {
    const scene = {
      attributes: [
        { name: 'race', values: ['A', 'B', 'C'] },
        { name: 'gender', values: ['Male', 'Female'] },
      ],
      blocks: [
        { of: ['A', 'Male'], images: 85, label: 'thief' },
        { of: ['A', 'Male'], images: 85, label: 'animal' },
        { of: ['A', 'Male'], images: 830, label: 'man' },
        { of: ['B', 'Female'], images: 50, label: 'thief' },
        { of: ['B', 'Female'], images: 50, label: 'animal' },
        { of: ['B', 'Female'], images: 900, label: 'man' },
        { of: ['C', 'Female'], images: 50, label: 'thief' },
        { of: ['C', 'Female'], images: 50, label: 'animal' },
        { of: ['C', 'Female'], images: 900, label: 'man' },
      ],
    }
    const withParts = probeOf({ measure: { kind: 'outcome-rate', outcomes: [FLAGGED, CRIME, NON_HUMAN] } })
    const onlyUnions = { measure: { kind: 'outcome-rate', outcomes: [FLAGGED] }, groupBy: [['gender']] } as const
    const derived = derive(factsOf({ ...scene, probes: [withParts, probeOf({ id: 'unions', ...onlyUnions })] }))
    expect(verdictOn(derived, 'A', { outcome: 'flagged' })).toBe('disparity higher')
    expect(verdictOn(derived, 'A', { outcome: 'crime' })).toBe('inconclusive interval-too-wide')
    expect(listed(derived)).toEqual(['Male flagged'])
  })

  it('lists a group once under one label set, and never a union that repeats its parts', () => {
    const probes = [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })]
    expect(listed(derive(factsOf(raceScene(UNEQUAL, { probes }))))).toEqual(['A crime', 'B crime'])
  })

  it('lists a union where a probe counts nothing but unions', () => {
    const probes = [probeOf({ measure: { kind: 'outcome-rate', outcomes: [FLAGGED] } })]
    expect(listed(derive(factsOf(raceScene(UNEQUAL, { probes }))))).toEqual(['A flagged', 'B flagged'])
  })

  it('lists no outcome that harms nobody', () => {
    const outcomes = LABELS.outcomes.map(({ id }) => ({ id, harm: 'none' as const }))
    expect(listed(derive(factsOf(raceScene(UNEQUAL, { labelSets: [{ ...LABELS, outcomes }] }))))).toEqual([])
  })

  it('lists no crossed groups: they are read in their own tables', () => {
    const scene = {
      attributes: [
        { name: 'race', values: ['A', 'B'] },
        { name: 'gender', values: ['Male', 'Female'] },
      ],
      blocks: [
        { of: ['A', 'Male'], images: 85, label: 'thief' },
        { of: ['A', 'Female'], images: 200, label: 'man' },
        { of: ['B', 'Male'], images: 200, label: 'man' },
        { of: ['B', 'Female'], images: 200, label: 'man' },
      ],
      probes: [probeOf({ groupBy: [['race', 'gender']] })],
    }
    const derived = derive(factsOf(scene))
    expect(derived.summary.verdicts[0]).toEqual(['disparity', 'higher', 1])
    expect(listed(derived)).toEqual([])
  })

  it('lists ten at most', () => {
    const many = Array.from({ length: 24 }, (_, index) => [`g${index}`, index < 12 ? 150 : 5, 300] as const)
    expect(listed(derive(factsOf(raceScene(many))))).toHaveLength(10)
  })

  it('adds up undecided and near-tied images under each label set', () => {
    const scene = raceScene(UNEQUAL, { labelSets: [LABELS, { ...LABELS, id: 'again' }] })
    const blocks: Block[] = [
      ...scene.blocks,
      { of: ['A'], images: 3, fate: 'undecided' },
      { of: ['B'], images: 2, label: 'man', runnerUp: 'thief', near: true },
    ]
    const { undecided, ties } = derive(factsOf({ ...scene, blocks })).summary
    expect(undecided).toEqual([
      ['e1', 'four-labels', 3, 1831],
      ['e1', 'again', 3, 1831],
    ])
    expect(ties).toEqual([
      ['e1', 'four-labels', 2, 0],
      ['e1', 'again', 2, 0],
    ])
  })

  it('knows no ties where only decisions were given: 0 would read as none', () => {
    const { ties } = derive(factsOf(raceScene(UNEQUAL, { decisionsOnly: true }))).summary
    expect(ties).toEqual([['e1', 'four-labels', null, null]])
  })
})
