import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { readLocale } from '../../../src/audit/report/locale.js'
import type { GateResult } from '../../../src/audit/types/gate.js'
import { factsOf, raceScene, type Block, type Scene } from '../../support/facts.js'

const EVEN = [['A', 10, 300], ['B', 10, 300], ['C', 10, 300]] as const // prettier-ignore
const UNEVEN = [['A', 90, 300], ['B', 10, 300], ['C', 10, 300]] as const // prettier-ignore
const FAIL_ON: Partial<Scene> = { policy: { limits: [{ id: 'disparity', kind: 'disparity' }] } }

function gateOf(counts: Parameters<typeof raceScene>[0], more: readonly Block[] = [], changes = FAIL_ON): GateResult {
  const scene = raceScene(counts, changes)
  return derive(factsOf({ ...scene, blocks: [...scene.blocks, ...more] })).gate
}

const unreadable = (race: string, images: number): Block => ({ of: [race], images, fate: 'unreadable' })
const undecided = (race: string, images: number): Block => ({ of: [race], images, fate: 'undecided' })

describe('evaluateGate', () => {
  it('asks for nothing when the policy fails on nothing, whatever was found', () => {
    expect(gateOf(UNEVEN, [], {})).toEqual({
      result: 'not-requested',
      mode: 'regression',
      reasons: [],
      findings: [],
      limits: [],
      waivers: [],
    })
  })

  it('passes without a disparity, and says under which limits', () => {
    expect(gateOf(EVEN)).toMatchObject({
      result: 'passed',
      reasons: [{ id: 'gate.passed', values: [['policy', 'test-limits']] }],
      findings: [],
    })
  })

  it('fails on a disparity towards harm and names the finding', () => {
    expect(gateOf(UNEVEN)).toMatchObject({
      result: 'failed',
      reasons: [{ id: 'gate.failed.limits' }],
      findings: ['F-001'],
    })
  })

  it('is not passed when there was nothing to judge: too few images everywhere, or no comparison that applies', () => {
    const few = [['A', 1, 9], ['B', 1, 9], ['C', 1, 9]] as const // prettier-ignore
    expect(gateOf(few)).toMatchObject({ result: 'evidence-incomplete', reasons: [{ id: 'gate.nothing-compared' }] })
    const none = { ...FAIL_ON, probes: [] }
    expect(gateOf(EVEN, [], none)).toMatchObject({
      result: 'evidence-incomplete',
      reasons: [{ id: 'gate.nothing-to-judge' }],
    })
  })

  it('does not fail because others are lower', () => {
    const gate = gateOf(UNEVEN)
    expect(gate.findings).toHaveLength(1) // B and C are lower than the rest, which is no harm to them
  })

  it('does not fail on an outcome that harms nobody, and says that nothing was judged', () => {
    const scene = raceScene(UNEVEN, FAIL_ON)
    const facts = factsOf(scene)
    const harmless = facts.labelSets.map((set) => ({
      ...set,
      outcomes: set.outcomes.map(([id]) => [id, 'none'] as const),
    }))
    expect(derive({ ...facts, labelSets: harmless }).gate).toMatchObject({
      result: 'evidence-incomplete',
      reasons: [{ id: 'gate.nothing-to-judge' }],
    })
  })

  it('draws no conclusion when more images were unreadable than the policy allows', () => {
    const gate = gateOf(UNEVEN, [unreadable('A', 4), unreadable('B', 3), unreadable('C', 3)])
    expect(gate.result).toBe('evidence-incomplete')
    expect(gate.findings).toEqual([])
    expect(gate.reasons[0]).toEqual({
      id: 'gate.quarantine-over-limit',
      values: [
        ['q', 10],
        ['rows', 910],
        ['limit', 0.01],
      ],
    })
  })

  it('allows the share of unreadable images that the policy names, exactly', () => {
    expect(gateOf([['A', 1, 33], ['B', 1, 33], ['C', 1, 33]], [unreadable('A', 1)]).result).toBe('passed') // prettier-ignore
  })

  it('draws no conclusion without a single image', () => {
    expect(gateOf([['A', 0, 0], ['B', 0, 0]]).result).toBe('evidence-incomplete') // prettier-ignore
  })

  it('draws no conclusion when too many images got no decision', () => {
    const gate = gateOf(EVEN, [undecided('A', 4), undecided('B', 3), undecided('C', 3)])
    expect(gate).toMatchObject({ result: 'evidence-incomplete', reasons: [{ id: 'gate.undecided-over-limit' }] })
    expect(gateOf(EVEN, [undecided('A', 3), undecided('B', 3), undecided('C', 3)]).result).toBe('passed')
  })

  it('draws no conclusion when images of one group could not be read more often, though the limit holds', () => {
    const policy = { ...FAIL_ON.policy, quarantineLimit: 0.5 }
    const gate = gateOf(EVEN, [unreadable('A', 60)], { policy })
    expect(gate).toMatchObject({
      result: 'evidence-incomplete',
      reasons: [{ id: 'gate.failures-differ', values: [['comparisons', 3]] }],
    })
  })

  it('gives no reason that the report has no sentence for', () => {
    const { has } = readLocale('en')
    const policy = FAIL_ON.policy ?? {}
    const gates = [
      gateOf(EVEN),
      gateOf(UNEVEN),
      gateOf(EVEN, [unreadable('A', 60)], { policy }),
      gateOf(EVEN, [undecided('A', 60)], { policy }),
    ]
    const ids = [...new Set(gates.flatMap(({ reasons }) => reasons.map(({ id }) => id)))]
    expect(ids).toHaveLength(5)
    expect(ids.filter((id) => !has(`messages.${id}`) && !has(`messages.${id}.other`))).toEqual([])
  })
})
