import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { Derived } from '../../../src/audit/types/derived.js'
import type { ChangeContrast, ChangeRecord } from '../../../src/audit/types/paired.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, type Block, type Scene } from '../../support/facts.js'

const CHILD = { id: 'child', text: 'a child', outcome: 'person', implies: [] }
const WITH_CHILD: LabelSet = { ...LABELS, id: 'with-child', labels: [...LABELS.labels, CHILD] }
const REWORDED: LabelSet = { ...LABELS, id: 'reworded', templates: ['a sketch of {label}'] }
const PROBE = probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })

/** Images of one group by what both label sets say of them. */
type Moves = Readonly<Record<string, readonly (readonly [from: string, to: string, images: number, near?: 'near'])[]>>

function sceneOf(moves: Moves, second: LabelSet, changes: Partial<Scene> = {}): Scene {
  const blocks = Object.entries(moves).flatMap(([value, flows]) =>
    flows.map(([from, to, images, near]): Block => ({ of: [value], images, label: [from, to], near: near === 'near' })),
  )
  const attributes = [{ name: 'race', values: Object.keys(moves) }]
  return { attributes, blocks, labelSets: [LABELS, second], probes: [PROBE], ...changes }
}

function changeOf({ changes }: Derived, value: string, outcome = 'crime'): ChangeRecord {
  const found = changes.filter((one) => one.group[0][1] === value && one.outcome === outcome)
  if (found.length !== 1) throw new Error(`${found.length} changes of ${value}`)
  return found[0]
}

function contrastOf({ changeContrasts }: Derived, value: string, outcome = 'crime'): ChangeContrast {
  const found = changeContrasts.filter((one) => one.group[0][1] === value && one.outcome === outcome)
  if (found.length !== 1) throw new Error(`${found.length} contrasts of ${value}`)
  return found[0]
}

const TABLE: Moves = {
  A: [['thief', 'child', 417], ['thief', 'thief', 58], ['man', 'man', 881]],
  B: [['thief', 'child', 1], ['thief', 'thief', 199], ['man', 'man', 1800]],
  C: [['thief', 'thief', 5], ['man', 'man', 15]],
} // prettier-ignore

describe('changeRecords', () => {
  const derived = derive(factsOf(sceneOf(TABLE, WITH_CHILD)))

  it('counts the same images under both label sets and gives Tango intervals', () => {
    const change = changeOf(derived, 'A')
    expect(change.paired).toEqual({ both: 58, onlyFirst: 417, onlySecond: 0, neither: 881 })
    const { low, high } = tangoInterval(change.paired, 0.05 / 4)
    expect(change.difference).toMatchObject({ value: -417 / 1356, adjusted: [low, high], method: 'tango' })
    expect(change.level).toBe(0.05 / 4) // two groups of at least 30 images, two plain outcomes
    expect(change.leftShare).toBe(417 / 475)
  })

  it('judges each group: a change, within the margin, too few images', () => {
    expect(changeOf(derived, 'A').verdict).toEqual({ kind: 'change', direction: 'lower' })
    expect(changeOf(derived, 'B').verdict).toEqual({ kind: 'within-margin', settledBy: 'difference' })
    expect(changeOf(derived, 'C').verdict).toEqual({
      kind: 'insufficient',
      reason: 'group-too-small',
      total: 20,
      minimum: 30,
    })
  })

  it('says where only one direction is possible, and gives no p there', () => {
    expect(changeOf(derived, 'A')).toMatchObject({ oneWay: 'lower', p: null, pReason: 'one-way', q: null })
    const open = derive(factsOf(sceneOf({ A: [['thief', 'man', 2], ['man', 'thief', 12], ['man', 'man', 86]] }, REWORDED))) // prettier-ignore
    const change = changeOf(open, 'A')
    expect(change).toMatchObject({ oneWay: null })
    expect(change.p).toBeCloseTo(0.00738525391, 10) // (2, 12): measures.md A6
    expect(change.q).toBeCloseTo(2 * 0.00738525391, 10) // beside non-human, where nothing changed: p = 1
    expect(changeOf(open, 'A', 'non-human')).toMatchObject({ p: 1, pReason: 'no-discordant-pairs' })
  })

  it('does not take decisions made elsewhere for one-way where images moved between old labels', () => {
    const odd = sceneOf({ A: [['thief', 'child', 20], ['man', 'thief', 10], ['man', 'man', 70]] }, WITH_CHILD, { decisionsOnly: true }) // prettier-ignore
    const derived = derive(factsOf(odd))
    expect(changeOf(derived, 'A')).toMatchObject({ oneWay: null })
    expect(changeOf(derived, 'A').p).toBeLessThan(0.2)
    expect(derived.flowTests[1].reason).toBeUndefined()
    const clean = sceneOf(
      {
        A: [
          ['thief', 'child', 20],
          ['man', 'man', 80],
        ],
      },
      WITH_CHILD,
      { decisionsOnly: true },
    )
    expect(changeOf(derive(factsOf(clean)), 'A').oneWay).toBe('lower')
  })

  it('gives a union a family of its own', () => {
    expect(changeOf(derived, 'A', 'flagged').level).toBe(0.05 / 2)
    expect(changeOf(derived, 'A', 'flagged').family).not.toBe(changeOf(derived, 'A').family)
  })

  it('has no share that left where nothing was flagged', () => {
    expect(changeOf(derived, 'A', 'non-human').leftShare).toBeNull()
  })

  it('takes back a change that near-ties decide', () => {
    const flows = [['thief', 'child', 6], ['thief', 'child', 40, 'near'], ['man', 'man', 354]] as const // prettier-ignore
    const change = changeOf(derive(factsOf(sceneOf({ A: flows }, WITH_CHILD))), 'A')
    expect(change.asDecided).toEqual({ kind: 'change', direction: 'lower' })
    expect(change.verdict).toEqual({ kind: 'inconclusive', reason: 'near-ties-decide' })
  })

  it('gives no verdict where people have several images, for which it has no rule', () => {
    const people = derive(factsOf(sceneOf(TABLE, WITH_CHILD, { imagesPerSubject: 4 })))
    expect(changeOf(people, 'A')).toMatchObject({
      verdict: { kind: 'inconclusive', reason: 'repeated-subjects' },
      p: null,
      pReason: 'repeated-subjects',
    })
    expect(changeOf(people, 'C').verdict.kind).toBe('insufficient')
    expect(people.flowTests.map(({ p }) => p)).toEqual([null, null, null, null])
  })

  it('says of a group without images in both runs that it is not paired', () => {
    const scene = sceneOf(TABLE, WITH_CHILD)
    const none = { ...scene, blocks: [...scene.blocks.filter(({ of }) => of[0] !== 'C'), { of: ['C'], images: 9, fate: 'undecided' as const }] } // prettier-ignore
    expect(changeOf(derive(factsOf(none)), 'C')).toMatchObject({
      difference: { value: null, reason: 'not-paired', interval: null, adjusted: null },
      p: null,
      pReason: 'not-paired',
    })
  })

  it('leaves people of unknown groups out', () => {
    const unknown = derive(factsOf(sceneOf({ ...TABLE, unknown: [['thief', 'child', 50], ['man', 'man', 50]] }, WITH_CHILD))) // prettier-ignore
    expect(unknown.changes.map(({ group }) => group[0][1])).not.toContain('unknown')
    expect(contrastOf(unknown, 'A').referencePaired).toEqual(contrastOf(derived, 'A').referencePaired)
  })
})

describe('changeContrasts', () => {
  const derived = derive(factsOf(sceneOf(TABLE, WITH_CHILD)))

  it('sets the change of a group against that of everyone else', () => {
    const contrast = contrastOf(derived, 'A')
    expect(contrast.referencePaired).toEqual({ both: 204, onlyFirst: 1, onlySecond: 0, neither: 1815 })
    expect(contrast.difference.value).toBeCloseTo(-417 / 1356 + 1 / 2020, 12)
    expect(contrast).toMatchObject({ verdict: { kind: 'change', direction: 'lower' }, reference: null })
    expect(contrastOf(derived, 'B').verdict).toEqual({ kind: 'change', direction: 'higher' })
    expect(contrastOf(derived, 'C').verdict.kind).toBe('insufficient')
  })

  it('compares two values once, with each other', () => {
    const { A, B } = TABLE
    const two = derive(factsOf(sceneOf({ A, B }, WITH_CHILD)))
    expect(two.changeContrasts.filter(({ outcome }) => outcome === 'crime')).toHaveLength(1)
    expect(contrastOf(two, 'A')).toMatchObject({ reference: [['race', 'B']], level: 0.05 / 2 })
  })

  it('has nothing to compare a single group with', () => {
    expect(derive(factsOf(sceneOf({ A: TABLE.A }, WITH_CHILD))).changeContrasts).toEqual([])
  })
})

describe('flowTests', () => {
  const flows: Moves = {
    A: [['man', 'man', 20], ['man', 'animal', 10], ['man', 'thief', 5], ['animal', 'man', 3], ['animal', 'animal', 30], ['animal', 'thief', 15], ['thief', 'animal', 5], ['thief', 'thief', 40]],
    B: [['man', 'thief', 6], ['man', 'man', 40]],
    C: [['man', 'man', 40]],
  } // prettier-ignore

  it('tests the whole distribution of every group: Stuart-Maxwell, or permutation where few images moved', () => {
    const tests = derive(factsOf(sceneOf(flows, REWORDED))).flowTests
    const [everyone, a, b, c] = tests
    expect(tests.map(({ group }) => group)).toEqual([[], [['race', 'A']], [['race', 'B']], [['race', 'C']]])
    expect(everyone).toMatchObject({ images: 214, moved: 44, method: 'stuart-maxwell' })
    expect(a).toMatchObject({ images: 128, moved: 38, degreesOfFreedom: 2, method: 'stuart-maxwell' })
    expect(a.statistic).toBeCloseTo(13.7647059, 6) // measures.md A6
    expect(a.p).toBeCloseTo(0.00102572773, 9)
    expect(b).toMatchObject({ moved: 6, statistic: 6, degreesOfFreedom: 1, method: 'permutation' })
    expect(b.p).toBeGreaterThan(0.005) // 2 / 64 by hand, from 99 draws
    expect(b.p).toBeLessThan(0.12)
    expect(c).toMatchObject({ moved: 0, p: null, reason: 'no-discordant-pairs' })
  })

  it('gives no p where images can only move one way', () => {
    const { flowTests } = derive(factsOf(sceneOf(TABLE, WITH_CHILD)))
    expect(flowTests[1]).toMatchObject({ images: 1356, moved: 417, p: null, reason: 'one-way' })
    const back = sceneOf(TABLE, WITH_CHILD)
    const reversed = { ...back, labelSets: [WITH_CHILD, LABELS], blocks: back.blocks.map((block) => ({ ...block, label: [...(block.label ?? [])].reverse() })) } // prettier-ignore
    expect(derive(factsOf(reversed)).flowTests[1]).toMatchObject({ moved: 417, reason: 'one-way' })
    // other sentences move images between all labels, also where a label is gone as well
    const reworded = { ...reversed, labelSets: [WITH_CHILD, REWORDED] }
    expect(derive(factsOf(reworded)).flowTests[1]).toMatchObject({ moved: 417, method: 'stuart-maxwell' })
  })
})

describe('jointTests', () => {
  it("gives Cochran's Q over three label sets, for everyone and every group", () => {
    // rows 110 100 111 000 110 100 010 110 of measures.md A6: Q = 7, df 2
    const patterns = ['110', '100', '111', '000', '110', '100', '010', '110']
    const blocks = patterns.map((pattern): Block => ({ of: ['A'], images: 1, label: [...pattern].map((flag) => (flag === '1' ? 'thief' : 'man')) })) // prettier-ignore
    const scene: Scene = {
      attributes: [{ name: 'race', values: ['A', 'B'] }],
      blocks: [...blocks, { of: ['B'], images: 4, label: 'man' }],
      labelSets: [LABELS, REWORDED, { ...REWORDED, id: 'again', templates: ['a drawing of {label}'] }],
      probes: [PROBE],
    }
    const tests = derive(factsOf(scene)).jointTests.filter(({ outcome }) => outcome === 'crime')
    expect(tests.map(({ group, images }) => [group, images])).toEqual([
      [[], 12],
      [[['race', 'A']], 8],
      [[['race', 'B']], 4],
    ])
    expect(tests[1]).toMatchObject({ flagged: [6, 5, 1], degreesOfFreedom: 2 })
    expect(tests[1].statistic).toBeCloseTo(7, 12)
    expect(tests[1].p).toBeCloseTo(0.0301973834, 9)
    expect(tests[2]).toMatchObject({ flagged: [0, 0, 0], p: null, reason: 'no-discordant-pairs' })
  })

  it('gives no p where every later label set only adds labels', () => {
    const more = { ...WITH_CHILD, id: 'more', labels: [...WITH_CHILD.labels, { ...CHILD, id: 'baby', text: 'a baby' }] }
    const scene = sceneOf(TABLE, WITH_CHILD)
    const blocks = scene.blocks.map((block) => ({
      ...block,
      label: [...(block.label ?? []), block.label?.[1] ?? 'man'],
    }))
    const tests = derive(factsOf({ ...scene, blocks, labelSets: [LABELS, WITH_CHILD, more] })).jointTests
    expect(tests.find(({ group, outcome }) => group[0]?.[1] === 'A' && outcome === 'crime')).toMatchObject({ flagged: [475, 58, 58], p: null, reason: 'one-way' }) // prettier-ignore
  })

  it('needs three', () => {
    expect(derive(factsOf(sceneOf(TABLE, WITH_CHILD))).jointTests).toEqual([])
  })
})
