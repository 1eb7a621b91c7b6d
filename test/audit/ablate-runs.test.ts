import { describe, expect, it } from 'vitest'
import { ablateRuns } from '../../src/audit/ablate-runs.js'
import { NEUTRAL_TEXTS } from '../../src/audit/definitions/plan-ablations.js'
import type { Decisions } from '../../src/audit/types/decisions.js'
import type { LabelSet, Plan } from '../../src/audit/types/definitions.js'
import { LABELS, POLICY, probeOf } from '../support/definitions.js'
import { planOf } from '../support/stand-ins.js'

const CELLS = { attributes: [], groups: [[]], cellOfRow: new Int32Array(4) }
const [MAN, WOMAN, ANIMAL, THIEF] = [0, 1, 2, 3]

function plan(labelSet: LabelSet = LABELS): Plan {
  const definitions = { labelSets: [labelSet], policy: POLICY, probes: [probeOf()] }
  return { ...planOf({}, definitions), ablate: { alternatives: NEUTRAL_TEXTS } }
}

function decided(runnerUp: readonly number[]): Decisions {
  return {
    labelSet: LABELS.id,
    winner: Int32Array.of(THIEF, THIEF, MAN, -1),
    runnerUp: Int32Array.from(runnerUp),
    scores: null,
    exactTies: new Uint8Array(4),
  }
}

function ablate(runnerUp: readonly number[], taken: readonly (readonly Uint8Array[])[] | null, of = plan()) {
  const decisions = [{ evidence: 'e1', decisions: [decided(runnerUp)], taken }]
  return ablateRuns(of, { decisions, cells: CELLS, processed: () => true })
}

const NONE_TAKEN = [NEUTRAL_TEXTS.map(() => new Uint8Array(4))]

describe('labels taken out and added', () => {
  it('are numbered, with those taken out first, and say what the label is', () => {
    const { ablations, warnings } = ablate([MAN, ANIMAL, WOMAN, -1], NONE_TAKEN)
    expect(ablations.map(({ id, action, label }) => [id, action, label.id])).toEqual([
      ['a1', 'remove', 'thief'],
      ['a2', 'add', 'person'],
      ['a3', 'add', 'human-being'],
      ['a4', 'add', 'child'],
      ['a5', 'add', 'face'],
    ])
    expect(ablations[0].cells).toEqual([[['thief', 'man', 1], ['thief', 'animal', 1]]]) // prettier-ignore
    expect(warnings).toEqual([])
  })

  it('are none unless asked for', () => {
    expect(ablate([MAN, ANIMAL, WOMAN, -1], NONE_TAKEN, { ...plan(), ablate: null })).toEqual({
      ablations: [],
      warnings: [],
    })
  })

  it('can only be taken out of decisions made elsewhere, and the reason is said', () => {
    const { ablations, warnings } = ablate([MAN, ANIMAL, WOMAN, -1], null)
    expect(ablations.map(({ action }) => action)).toEqual(['remove'])
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([['ablation.no-vectors', 1]])
  })

  it('cannot be taken out where one runner-up is not known', () => {
    const { ablations, warnings } = ablate([MAN, -1, WOMAN, -1], null)
    expect(ablations).toEqual([])
    expect(warnings.map(({ code, count }) => [code, count])).toEqual([
      ['ablation.no-runner-up', 1],
      ['ablation.no-vectors', 1],
    ])
  })

  it('say which harmless outcome they count as where there are several', () => {
    const outcomes = [...LABELS.outcomes, { id: 'object', harm: 'none' as const }]
    const labels = [...LABELS.labels, { id: 'chair', text: 'a chair', outcome: 'object', implies: [] }]
    const { warnings } = ablate([MAN, ANIMAL, WOMAN, -1], NONE_TAKEN, plan({ ...LABELS, outcomes, labels }))
    expect(warnings).toEqual([
      {
        code: 'ablation.outcome-chosen',
        count: 4,
        message:
          'alternatives added to four-labels count as person, its harmless outcome with most of the 5 labels, not as object',
      },
    ])
  })
})
