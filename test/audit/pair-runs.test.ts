import { describe, expect, it } from 'vitest'
import type { LabelSet } from '../../src/audit/types/definitions.js'
import { runVerify } from '../../src/audit/run-verify.js'
import { LABELS } from '../support/definitions.js'
import { auditOf, factsOf, type Scene } from '../support/facts.js'
import { editable } from '../support/look-up.js'

const CHILD = { id: 'child', text: 'a child', outcome: 'person', implies: [] }
const WITH_CHILD: LabelSet = { ...LABELS, id: 'with-child', labels: [...LABELS.labels, CHILD] }
const SCENE: Scene = {
  attributes: [{ name: 'race', values: ['A', 'B', 'C'] }],
  blocks: [
    { of: ['A'], images: 40, label: ['thief', 'child'] },
    { of: ['A'], images: 60, label: ['man', 'man'] },
    { of: ['B'], images: 90, label: ['man', 'man'] },
    { of: ['B'], images: 5, fate: 'undecided' },
    { of: ['C'], images: 40, label: ['man', 'man'], near: true },
  ],
  labelSets: [LABELS, WITH_CHILD],
}

describe('pairRuns', () => {
  it('stops where an image moves between old labels though labels were only added: our own decisions cannot do that', () => {
    const wrong = { ...SCENE, blocks: [...SCENE.blocks, { of: ['B'], images: 2, label: ['man', 'woman'] }] }
    expect(() => factsOf(wrong)).toThrow('2 from "man" to "woman"')
  })

  it('verifies', () => {
    expect(runVerify(auditOf(SCENE)).filter(({ holds }) => !holds)).toEqual([])
  })

  it.each<[string, (pair: ReturnType<typeof firstPair>) => void, RegExp]>([
    ['a flow', ({ cells }) => void (cells[0].flows[0][2] = 59), /agree with the decisions/],
    ['a flow to another label', ({ cells }) => void (cells[0].flows[1] = ['thief', 'woman', 40]), /agree with the decisions/],
    ['a flow that is gone', ({ cells }) => void cells[1].flows.pop(), /agree with the decisions/],
    ['near-ties left out', ({ cells }) => void (cells[2].nearTies = []), /agree with the decisions/],
    ['near-ties made up', ({ cells }) => void (cells[0].nearTies = [['man', 'crime', 'man', null, 1]]), /agree with the decisions/],
    ['near-ties not known', ({ cells }) => void (cells[0].nearTies = null), /agree with the decisions/],
    ['unpaired images made up', ({ cells }) => void cells[0].onlyFirst++, /agree with the decisions/],
    ['a pair of other runs', (pair) => void (pair.added = []), /agree with the decisions/],
    ['a family with fewer comparisons', ({ families }) => void (families[0].m = 1), /families of comparisons follow/],
  ])('notices a hand edit: %s', (_, edit, message) => {
    const audit = editable(auditOf(SCENE))
    edit(audit.facts.paired[0])
    const failed = runVerify(audit).filter(({ holds }) => !holds)
    expect(failed.map(({ what }) => what).join()).toMatch(message)
  }) // prettier-ignore
})

describe('verification of three label sets at once', () => {
  it.each<[string, (cell: unknown[][]) => void]>([
    ['more images of an outcome than were decided for it', (cell) => void (cell[0][1] = Number(cell[0][1]) + 1)],
    ['images that are in no pattern though every run decided them', (cell) => void cell.pop()],
  ])('notices %s', (_, edit) => {
    const more = { ...WITH_CHILD, id: 'again', templates: ['a sketch of {label}'] }
    const blocks = SCENE.blocks.map((block) => ({ ...block, label: [...(block.label ?? []), 'man'] }))
    const audit = editable(auditOf({ ...SCENE, blocks, labelSets: [LABELS, WITH_CHILD, more] }))
    expect(runVerify(audit).filter(({ holds }) => !holds)).toEqual([])
    edit(audit.facts.joint[0].cells[0])
    expect(runVerify(audit).filter(({ holds }) => !holds)[0]?.what).toMatch(/agree with the decisions/)
  })
})

function firstPair() {
  return editable(auditOf(SCENE)).facts.paired[0]
}
