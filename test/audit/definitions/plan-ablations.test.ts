import { describe, expect, it } from 'vitest'
import { NEUTRAL_TEXTS, planAblations } from '../../../src/audit/definitions/plan-ablations.js'
import type { Label, LabelSet, OutcomeCategory } from '../../../src/audit/types/definitions.js'
import { CRIME, LABELS, probeOf } from '../../support/definitions.js'

const PROBES = [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME] } })]
const ablate = { alternatives: NEUTRAL_TEXTS }
const labelOf = (id: string, text: string, outcome = 'person'): Label => ({ id, text, outcome, implies: [] })
const CHILD = labelOf('child', 'a child')
const WITH_CHILD: LabelSet = { ...LABELS, id: 'with-child', labels: [...LABELS.labels, CHILD] }
const ids = (labels: readonly Label[]): string[] => labels.map(({ id }) => id)

function planned(labelSets: readonly LabelSet[], alternatives = NEUTRAL_TEXTS) {
  return planAblations({ labelSets, probes: PROBES, ablate: { alternatives } })
}

describe('what is taken out and added', () => {
  it('is nothing unless asked for', () => {
    expect(planAblations({ labelSets: [LABELS], probes: PROBES, ablate: null })).toEqual([
      { removed: [], added: [], otherOutcomes: [] },
    ])
  })

  it('takes out the labels that a probe counts and adds the neutral ones, harmless', () => {
    const [{ removed, added }] = planned([LABELS])
    expect(ids(removed)).toEqual(['thief'])
    expect(added.map(({ id, text, outcome }) => [id, text, outcome])).toEqual([
      ['person', 'a person', 'person'],
      ['human-being', 'a human being', 'person'],
      ['child', 'a child', 'person'],
      ['face', 'a face', 'person'],
    ])
  })

  it('has add-one-in to one label set and leave-one-out of the other in one run', () => {
    const [first, second] = planned([LABELS, WITH_CHILD], ['a person'])
    expect([ids(first.removed), ids(first.added)]).toEqual([['thief'], ['child', 'person']])
    expect([ids(second.removed), ids(second.added)]).toEqual([['thief', 'child'], ['person']])
  })

  it('keeps the outcome of a label that another label set has', () => {
    const other = { ...LABELS, id: 'other', labels: [...LABELS.labels, labelOf('robber', 'a robber', 'crime')] }
    expect(planned([LABELS, other], ['a person'])[0].added[0]).toMatchObject({ id: 'robber', outcome: 'crime' })
  })

  it('mixes no label sets that ask for something else', () => {
    const ages = { ...LABELS, id: 'ages', labels: [labelOf('young', 'a young one'), labelOf('thief', 'a thief', 'crime'), labelOf('old', 'an old one')] } // prettier-ignore
    expect(ids(planned([LABELS, ages], ['a person'])[0].added)).toEqual(['person'])
  })

  it('adds no text twice, whatever its case', () => {
    const labels = [...LABELS.labels, labelOf('someone', 'A Person')]
    const [{ removed, added }] = planned([{ ...LABELS, labels }], ['a person', 'a face'])
    expect([ids(removed), ids(added)]).toEqual([['thief', 'someone'], ['face']])
  })

  it('takes an id that no label has', () => {
    const labels = [...LABELS.labels, labelOf('person', 'a human'), labelOf('person-2', 'somebody')]
    expect(ids(planned([{ ...LABELS, labels }], ['the person', '你', '!'])[0].added)).toEqual(['person-3', '你', 'alternative']) // prettier-ignore
  })

  it('gives alternatives the harmless outcome with most labels, and names the others', () => {
    const outcomes: OutcomeCategory[] = [...LABELS.outcomes, { id: 'object', harm: 'none' }]
    const labels = [...LABELS.labels, labelOf('a', 'a chair', 'object'), labelOf('b', 'a bed', 'object'), labelOf('c', 'a lamp', 'object')] // prettier-ignore
    const [{ added, otherOutcomes }] = planned([{ ...LABELS, outcomes, labels }], ['a face'])
    expect([added[0].outcome, otherOutcomes]).toEqual(['object', ['person']])
  })

  it('gives them an outcome of their own where every outcome harms', () => {
    const harmful: LabelSet = {
      ...LABELS,
      outcomes: LABELS.outcomes.map(({ id }) => ({ id, harm: 'denigration' })),
    }
    expect(planned([harmful], ['a face'])[0].added[0].outcome).toBe('neutral-alternative')
  })

  it('takes nothing out of two labels, where one would be left to decide alone', () => {
    const two = { ...LABELS, labels: LABELS.labels.filter(({ id }) => id === 'man' || id === 'thief') }
    const [{ removed, added }] = planned([two], ['a face'])
    expect([removed, ids(added)]).toEqual([[], ['face']])
  })

  it('leaves a label set alone that no probe applies to', () => {
    const harmless = { ...LABELS, outcomes: LABELS.outcomes.slice(0, 1), labels: LABELS.labels.slice(0, 2) }
    expect(planAblations({ labelSets: [harmless], probes: PROBES, ablate })).toEqual([
      { removed: [], added: [], otherOutcomes: [] },
    ])
  })
})
