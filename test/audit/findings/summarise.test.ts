import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import type { Derived } from '../../../src/audit/types/derived.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene, type Block } from '../../support/facts.js'
import { groupName } from '../../support/look-up.js'

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
        { of: ['A', 'Male'], images: 200, label: 'thief' },
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
