import { describe, expect, it } from 'vitest'
import { onlyDirection, planJoint, planPairs } from '../../../src/audit/findings/plan-pairs.js'
import type { LabelSetFacts } from '../../../src/audit/types/facts.js'
import { LABELS, probeOf } from '../../support/definitions.js'

const BASE = factsOf('base', LABELS.labels)
const CHILD = { id: 'child', text: 'a child', outcome: 'person', implies: [] }
const ROBBER = { id: 'robber', text: 'a robber', outcome: 'crime', implies: [] }
const WITH_CHILD = factsOf('with-child', [...LABELS.labels, CHILD])
const WITH_ROBBER = factsOf('with-robber', [...LABELS.labels, ROBBER])
const WITH_BOTH = factsOf('with-both', [...LABELS.labels, CHILD, ROBBER])
const GENDER = { ...factsOf('gender', LABELS.labels.slice(0, 2)), outcomes: [['person', 'none'] as const] }
const REWORDED = factsOf('reworded', [{ ...LABELS.labels[0], text: 'a gentleman' }, ...LABELS.labels.slice(1)])

function factsOf(id: string, labels: LabelSetFacts['labels'], templates = LABELS.templates): LabelSetFacts {
  const outcomes = LABELS.outcomes.map((each) => [each.id, each.harm] as const)
  return { id, title: id, source: 'test', sha256: id, promptsSha256: id, templates, outcomes, labels }
}

describe('planPairs', () => {
  it('compares every later label set with the first, under every model', () => {
    const pairs = planPairs([probeOf()], [BASE, WITH_CHILD, WITH_ROBBER], ['e1', 'e2'])
    expect(pairs.filter(({ kind }) => kind === 'designs').map(({ id, evidence, labelSets }) => [id, evidence, labelSets])).toEqual([
      ['p1', ['e1', 'e1'], ['base', 'with-child']],
      ['p2', ['e1', 'e1'], ['base', 'with-robber']],
      ['p3', ['e2', 'e2'], ['base', 'with-child']],
      ['p4', ['e2', 'e2'], ['base', 'with-robber']],
    ]) // prettier-ignore
  })

  it('compares every later model with the first, under every label set that a probe applies to', () => {
    const pairs = planPairs([probeOf()], [BASE, GENDER], ['e1', 'e2', 'e3'])
    expect(pairs.map(({ kind, evidence, labelSets }) => [kind, evidence, labelSets])).toEqual([
      ['models', ['e1', 'e2'], ['base', 'base']],
      ['models', ['e1', 'e3'], ['base', 'base']],
    ])
  })

  it('compares within each probe the label sets that it applies to, and a pair that two probes ask for once', () => {
    const people = probeOf({ id: 'people', measure: { kind: 'outcome-rate', outcomes: [{ id: 'person', categories: ['person'], isUnion: false }] } }) // prettier-ignore
    const pairs = planPairs([probeOf(), people], [GENDER, BASE, WITH_CHILD], ['e1'])
    expect(pairs.map(({ id, labelSets }) => [id, labelSets])).toEqual([
      ['p1', ['base', 'with-child']],
      ['p2', ['gender', 'base']],
      ['p3', ['gender', 'with-child']],
    ])
    expect(planPairs([probeOf(), probeOf({ id: 'again' })], [BASE, WITH_CHILD], ['e1'])).toHaveLength(1)
  })

  it('leaves out label sets to which the probe of the first does not apply', () => {
    expect(planPairs([probeOf()], [GENDER, BASE, WITH_CHILD], ['e1']).map(({ labelSets }) => labelSets)).toEqual([
      ['base', 'with-child'],
    ])
    expect(planPairs([probeOf()], [GENDER], ['e1'])).toEqual([])
  })

  it('says which labels are new, gone or reworded, and whether labels were only added', () => {
    const [child, reworded] = planPairs([probeOf()], [BASE, WITH_CHILD, REWORDED], ['e1'])
    expect(child).toMatchObject({ added: ['child'], removed: [], isSuperset: true })
    expect(reworded).toMatchObject({ added: ['man'], removed: ['man'], isSuperset: false })
    const other = factsOf('other', WITH_CHILD.labels, ['a sketch of {label}'])
    expect(planPairs([probeOf()], [BASE, other], ['e1'])[0]).toMatchObject({ added: ['child'], isSuperset: false })
    expect(planPairs([probeOf()], [BASE], ['e1', 'e2'])[0].isSuperset).toBe(false)
  })
})

describe('planJoint', () => {
  it('joins three or more label sets, or models, and no fewer', () => {
    expect(planJoint([probeOf()], [BASE, WITH_CHILD], ['e1', 'e2'])).toEqual([])
    expect(planJoint([probeOf()], [BASE, WITH_CHILD, WITH_ROBBER, GENDER], ['e1'])).toEqual([
      { id: 'j1', kind: 'designs', runs: [['e1', 'base'], ['e1', 'with-child'], ['e1', 'with-robber']] }, // prettier-ignore
    ])
    expect(planJoint([probeOf()], [BASE], ['e1', 'e2', 'e3'])).toEqual([
      { id: 'j1', kind: 'models', runs: [['e1', 'base'], ['e2', 'base'], ['e3', 'base']] }, // prettier-ignore
    ])
  })
})

describe('onlyDirection', () => {
  const known = [BASE, WITH_CHILD, WITH_ROBBER, WITH_BOTH, REWORDED]
  const between = (first: LabelSetFacts, second: LabelSetFacts) => planPairs([probeOf()], [first, second], ['e1'])[0]

  it.each([
    ['a label outside is added', BASE, WITH_CHILD, ['crime'], 'lower'],
    ['a label inside is added', BASE, WITH_ROBBER, ['crime'], 'higher'],
    ['labels on both sides are added', BASE, WITH_BOTH, ['crime'], null],
    ['a label outside is removed', WITH_CHILD, BASE, ['crime'], 'higher'],
    ['a label inside is removed', WITH_ROBBER, BASE, ['crime'], 'lower'],
    ['labels are added and removed', WITH_CHILD, WITH_ROBBER, ['crime'], null],
    ['a label is reworded', BASE, REWORDED, ['crime'], null],
    ['the same labels stand in both', BASE, { ...BASE, id: 'reworded' }, ['crime'], null],
  ] as const)('when %s', (_, first, second, categories, direction) => {
    expect(onlyDirection(between(first, second), categories, known)).toBe(direction)
  })

  it('is open when the template is another, or the model', () => {
    const other = factsOf('other', WITH_CHILD.labels, ['a sketch of {label}'])
    expect(onlyDirection(between(BASE, other), ['crime'], [...known, other])).toBeNull()
    expect(onlyDirection({ ...between(BASE, WITH_CHILD), kind: 'models' }, ['crime'], known)).toBeNull()
  })
})
