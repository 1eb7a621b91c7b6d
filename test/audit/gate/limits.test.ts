import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { readableJson } from '../../../src/audit/audit-file/canonical-json.js'
import { parseAudit } from '../../../src/audit/definitions/audit-schema.js'
import { readPolicy } from '../../../src/audit/definitions/shipped.js'
import { runGate } from '../../../src/audit/run-gate.js'
import { fairfaceGroupings } from '../../../src/audit/calibration-sizes.js'
import { runPolicyLint } from '../../../src/audit/run-policy-lint.js'
import { runVerify } from '../../../src/audit/run-verify.js'
import type { GateResult, LimitResult } from '../../../src/audit/types/gate.js'
import type { Reference } from '../../../src/audit/types/groups.js'
import type { Limit, Policy, Waiver } from '../../../src/audit/types/policy.js'
import { POLICY, probeOf } from '../../support/definitions.js'
import { auditOf, factsOf, raceScene } from '../../support/facts.js'

type Counts = Parameters<typeof raceScene>[0]
const EVEN: Counts = [['A', 20, 1000], ['B', 20, 1000], ['C', 20, 1000]] // prettier-ignore
const GAP: Counts = [['A', 140, 1000], ['B', 10, 1000], ['C', 10, 1000]] // prettier-ignore

function gateOf(counts: Counts, limits: readonly Limit[], more: Partial<Policy> & { day?: string } = {}): GateResult {
  const { day, ...policy } = more
  return derive(factsOf(raceScene(counts, { policy: { limits, ...policy }, ...(day === undefined ? {} : { day }) })))
    .gate
}
const one = (...args: Parameters<typeof gateOf>): LimitResult => gateOf(...args).limits[0]

describe('a ceiling', () => {
  const at = (atMost: number): Limit => ({ id: 'ceiling', kind: 'ceiling', atMost })

  it('has the guaranteed interval at alpha / m, as scipy gives it', () => {
    // scipy.stats.beta: ppf(a/2, 140, 861), ppf(1-a/2, 141, 860) with a = 0.05/3
    const { m, level, worst } = one(GAP, [at(0.05)])
    expect([m, level]).toEqual([3, 0.05 / 3])
    expect(worst?.bounds?.[0]).toBeCloseTo(0.11478439745373793, 9)
    expect(worst?.bounds?.[1]).toBeCloseTo(0.1682772194668284, 9)
  })

  it('fails where all groups are alike and too high, and a difference does not', () => {
    const alike: Counts = [['A', 200, 1000], ['B', 200, 1000], ['C', 200, 1000]] // prettier-ignore
    expect(one(alike, [at(0.1)]).result).toBe('failed')
    expect(one(alike, [{ id: 'd', kind: 'difference', atMost: 0.02 }]).result).toBe('passed')
  })

  it('cannot tell in assurance what it lets stand in regression', () => {
    expect(one(EVEN, [at(0.025)]).result).toBe('passed')
    const gate = gateOf(EVEN, [at(0.025)], { mode: 'assurance' })
    expect(gate).toMatchObject({ result: 'evidence-incomplete', reasons: [{ id: 'gate.not-assured' }] })
    expect(gate.limits[0]).toMatchObject({ result: 'cannot-tell', counts: { unsettled: 3 } })
    expect(gateOf(EVEN, [at(0.1)], { mode: 'assurance' })).toMatchObject({
      result: 'passed',
      reasons: [{ id: 'gate.passed.assured' }],
    })
  })
})

describe('differences and ratios', () => {
  it('fail on a planted gap and name its finding, and not on equal rates', () => {
    for (const limit of [
      { id: 'd', kind: 'difference', atMost: 0.05 },
      { id: 'r', kind: 'ratio', atMost: 3 },
    ] as const) {
      expect(one(GAP, [limit])).toMatchObject({ result: 'failed', findings: ['F-001'], counts: { exceeded: 1 } })
      expect(one(EVEN, [limit]).result).toBe('passed')
    }
  })

  const gap: Limit = { id: 'd', kind: 'difference', atMost: 0.05 }
  const against = (reference: Reference): LimitResult => {
    const scene = raceScene(GAP, { reference, policy: { limits: [gap] } })
    return derive(factsOf(scene)).gate.limits[0]
  }

  it('count everyone together where groups are held against everyone, and a named group by itself', () => {
    expect(against({ kind: 'overall' }).worst?.against).toMatchObject({ count: 160, total: 3000 })
    expect(against({ kind: 'rest' }).worst?.against).toMatchObject({ count: 20, total: 2000 })
    const named = against({ kind: 'named', group: [['race', 'B']] })
    expect(named.worst).toMatchObject({ count: 140, against: { group: [['race', 'B']], count: 10, total: 1000 } })
    expect(named.result).toBe('failed')
  })

  it('have no number, with the reason, where nobody on one side or on both is in the outcome', () => {
    const ratio: Limit = { id: 'r', kind: 'ratio', atMost: 3 }
    const of = (thieves: number) => one([['A', thieves, 500], ['B', 0, 500], ['C', 0, 500]], [ratio]).worst // prettier-ignore
    expect(of(0)).toMatchObject({ value: null, valueReason: 'both-rates-zero', standing: 'unsettled' })
    expect(of(9)).toMatchObject({ value: null, valueReason: 'zero-reference-rate', standing: 'exceeded' })
  })

  it('cannot tell where images that were nearly decided the other way decide', () => {
    const scene = raceScene(GAP, { policy: { limits: [gap] } })
    const [thieves, others] = scene.blocks
    const near = [{ ...thieves, images: 100, near: true, runnerUp: 'man' }, { ...thieves, images: 40 }, others]
    const { limits } = derive(factsOf({ ...scene, blocks: [...near, ...scene.blocks.slice(2)] })).gate
    expect(limits[0].worst).toMatchObject({ count: 140, standing: 'unsettled', reason: 'near-ties-decide' })
  })

  it('do not fail on a point beyond the bound when the interval is not', () => {
    const few: Counts = [['A', 4, 60], ['B', 1, 60], ['C', 1, 60]] // prettier-ignore
    const limit = one(few, [{ id: 'r', kind: 'ratio', atMost: 2 }])
    expect(limit.worst).toMatchObject({ count: 4, total: 60, value: 4, standing: 'unsettled' })
    expect(limit.result).toBe('passed')
  })
})

describe('an impact ratio', () => {
  const fourFifths: Limit = { id: 'i', kind: 'impact-ratio', atLeast: 0.8 }

  it('prints both sides: 86 of 100 against 99 is 0.87 and passes, where the harm ratio is 14', () => {
    const { result, worst, m } = one(GAP, [fourFifths])
    expect(result).toBe('passed')
    expect(worst).toMatchObject({ count: 860, total: 1000, against: { count: 990, total: 1000 } })
    expect(worst?.value).toBeCloseTo(860 / 990, 12)
    expect(worst?.adverse?.value).toBeCloseTo(14, 12)
    expect(m).toBe(3) // every pair: the data choose the best group
  })

  it('is only reported without a bound, leaves out a group with too small a share, and lists it', () => {
    const counts: Counts = [['A', 100, 1000], ['B', 10, 1000], ['C', 0, 30]] // prettier-ignore
    const gate = gateOf(counts, [{ id: 'i', kind: 'impact-ratio', leaveOutUnder: 0.02 }])
    expect(gate).toMatchObject({ result: 'not-requested', reasons: [{ id: 'gate.only-reported' }] })
    expect(gate.limits[0]).toMatchObject({ result: 'not-applicable', resultReason: 'no-threshold' })
    expect(gate.limits[0].cases.map(({ standing }) => standing)).toEqual(['unsettled', 'best', 'left-out'])
  })
})

describe('an impact ratio of an outcome that harms nobody', () => {
  const fourFifths: Limit = { id: 'i', kind: 'impact-ratio', atLeast: 0.8, outcomes: ['person'] }
  const chosen = { measure: { kind: 'outcome-rate', outcomes: [{ id: 'person', categories: ['person'], isUnion: false }] } } as const // prettier-ignore

  it('counts the images inside it as favourable, and fails the group that is chosen less', () => {
    const scene = raceScene([['A', 600, 1000], ['B', 100, 1000]], { probes: [probeOf(chosen)], policy: { limits: [fourFifths] } }) // prettier-ignore
    const [limit] = derive(factsOf(scene)).gate.limits
    expect(limit).toMatchObject({ result: 'failed', worst: { count: 400, total: 1000, against: { count: 900 } } })
    expect(limit.worst?.value).toBeCloseTo(4 / 9, 12)
    expect(limit.worst?.adverse?.value).toBeCloseTo(6, 12)
  })
})

describe('the best group of an impact ratio', () => {
  const fourFifths: Limit = { id: 'i', kind: 'impact-ratio', atLeast: 0.8 }

  it('is not counted as within: it is held against itself', () => {
    expect(one(EVEN, [fourFifths])).toMatchObject({ m: 3, counts: { within: 2 } })
  })

  it('leaves out a group with too small a share also where nobody else is left', () => {
    const limit = { ...fourFifths, leaveOutUnder: 0.02 }
    const { cases } = one([['A', 20, 1000], ['B', 1, 9]], [limit]) // prettier-ignore
    expect(cases.map(({ standing, reason }) => [standing, reason])).toEqual([
      ['insufficient', 'reference-too-small'],
      ['left-out', 'share-too-small'],
    ])
  })

  it('judges nothing alone: with one group of enough images the limit cannot tell, and the gate is not passed', () => {
    const alone: Counts = [['A', 20, 1000], ['B', 1, 9], ['C', 1, 9]] // prettier-ignore
    const gate = gateOf(alone, [fourFifths])
    expect(gate).toMatchObject({ result: 'evidence-incomplete', reasons: [{ id: 'gate.nothing-compared' }] })
    expect(gate.limits[0]).toMatchObject({ m: 0, result: 'cannot-tell', worst: null, counts: { insufficient: 3 } })
    expect(gate.limits[0].cases.map(({ reason }) => reason)).toEqual(['reference-too-small', 'group-too-small', 'group-too-small']) // prettier-ignore
  })
})

describe('limits on the data', () => {
  it('end without a conclusion when they are not met, and a shown harm fails all the same', () => {
    const sample: Limit = { id: 's', kind: 'minimum-sample', images: 2000 }
    expect(gateOf(EVEN, [sample])).toMatchObject({
      result: 'evidence-incomplete',
      reasons: [{ id: 'gate.data-limits' }],
    })
    expect(gateOf(GAP, [sample, { id: 'd', kind: 'disparity' }]).result).toBe('failed')
    expect(one(EVEN, [{ id: 'c', kind: 'coverage', atLeast: 1 }])).toMatchObject({ result: 'passed', m: 4 })
  })
})

describe('a gate of which a limit judged nothing', () => {
  const held: Limit = { id: 'c', kind: 'coverage', atLeast: 0.9 }
  const ceiling: Limit = { id: 'held', kind: 'ceiling', atMost: 0.5 }
  const nothing = (names: string) => ({
    result: 'evidence-incomplete',
    reasons: [{ id: 'gate.nothing-to-judge', values: [['policy', 'test-limits'], ['names', names]] }], // prettier-ignore
  })

  it.each(['regression', 'assurance'] as const)(
    'is not passed for a mistyped outcome or probe, and names the limit (%s)',
    (mode) => {
      const typed: Limit[] = [
        { id: 'outcome', kind: 'ceiling', atMost: 0.01, outcomes: ['crme'] },
        { id: 'probe', kind: 'ceiling', atMost: 0.01, probes: ['denigraton'] },
      ]
      expect(gateOf(EVEN, [typed[0], held], { mode })).toMatchObject(nothing('outcome (crme)'))
      expect(gateOf(EVEN, [typed[1], ceiling], { mode })).toMatchObject(nothing('probe (denigraton)'))
      expect(gateOf(EVEN, [...typed, ceiling, held], { mode })).toMatchObject(
        nothing('outcome (crme), probe (denigraton)'),
      )
    },
  )

  it('is not passed by the grouping it has beside one with a mistyped attribute, and names that', () => {
    const part: Limit = { id: 'd', kind: 'ceiling', atMost: 0.5, groupBy: [['rcae'], ['race']] }
    expect(gateOf(EVEN, [part])).toMatchObject(nothing('d (rcae)'))
    expect(gateOf(EVEN, [part]).limits[0]).toMatchObject({
      result: 'cannot-tell',
      resultReason: 'partly-nothing',
      missing: ['rcae'],
    })
    expect(gateOf(EVEN, [{ ...part, groupBy: [['race']] }]).result).toBe('passed')
    expect(gateOf(GAP, [{ ...part, kind: 'disparity' }]).result).toBe('failed') // harm shown comes first
    const crossed: Limit = { ...part, groupBy: [['race'], ['gender', 'race']] }
    expect(gateOf(EVEN, [crossed]).limits[0].missing).toEqual(['gender'])
  })

  it('is not let pass by a lint at sizes that lack one of its groupings, which is named', () => {
    const limits: Limit[] = [{ id: 'd', kind: 'disparity', groupBy: [['rcae'], ['gender']] }]
    const lint = runPolicyLint({ ...POLICY, limits }, fairfaceGroupings(), { seed: 1, audits: 20 })
    expect(lint.limits[0].warnings).toContainEqual({ kind: 'not-simulated', groupings: [['rcae']] })
  })

  it.each(['regression', 'assurance'] as const)(
    'is not passed where every group is too small, though the data limits hold (%s)',
    (mode) => {
      const few: Counts = [['A', 1, 9], ['B', 1, 9], ['C', 1, 9]] // prettier-ignore
      expect(gateOf(few, [ceiling, held], { mode })).toMatchObject({
        result: 'evidence-incomplete',
        reasons: [{ id: 'gate.nothing-compared', values: [['minimum', 30], ['names', 'held']] }], // prettier-ignore
      })
    },
  )

  it('is not passed by data limits beside an impact ratio that is only reported', () => {
    expect(gateOf(EVEN, [{ id: 'i', kind: 'impact-ratio' }, held])).toMatchObject({
      result: 'not-requested',
      reasons: [{ id: 'gate.only-reported' }],
    })
  })

  it('passes on data limits alone, and says that no harm was looked at', () => {
    expect(gateOf(EVEN, [held])).toMatchObject({ result: 'passed', reasons: [{ id: 'gate.passed.data' }] })
  })

  it('still fails on a harm that another limit shows', () => {
    expect(gateOf(GAP, [{ id: 'x', kind: 'disparity', outcomes: ['crme'] }, { id: 'd', kind: 'disparity' }]).result).toBe('failed') // prettier-ignore
  })
})

describe('a waiver', () => {
  const limits: Limit[] = [{ id: 'd', kind: 'disparity' }]
  const waiver: Waiver = {
    limit: 'd',
    group: [['race', 'A']],
    owner: 'A. Person',
    reason: 'Known.',
    expires: '2030-01-01',
  }

  it('lets its case through until its last day, and fails the gate after it', () => {
    const gate = gateOf(GAP, limits, { waivers: [waiver], day: '2030-01-01' })
    expect(gate).toMatchObject({ result: 'passed', waivers: [{ state: 'in-force', covers: 1 }] })
    expect(gate.limits[0]).toMatchObject({ result: 'waived', findings: [] })
    const later = gateOf(EVEN, limits, { waivers: [waiver], day: '2030-01-02' })
    expect(later).toMatchObject({ result: 'failed', reasons: [{ id: 'gate.failed.waiver-expired' }] })
  })

  it('keeps the case that it lets through from standing for the one that fails the limit', () => {
    const two: Counts = [['A', 200, 1000], ['B', 100, 1000], ['C', 10, 1000]] // prettier-ignore
    const ceiling: Limit = { id: 'd', kind: 'ceiling', atMost: 0.05 }
    const limit = one(two, [ceiling], { waivers: [waiver] })
    expect(limit).toMatchObject({ result: 'failed', counts: { exceeded: 2, waived: 1 } })
    expect(limit.worst?.group).toEqual([['race', 'B']])
    expect(limit.cases.map(({ group }) => group?.[0][1])).toEqual(['B', 'A'])
  })

  it('covers no other group', () => {
    expect(gateOf(GAP, limits, { waivers: [{ ...waiver, group: [['race', 'B']] }] }).result).toBe('failed')
  })

  it('puts the day of the run into the facts, and only a waiver does; verify derives the same', () => {
    const audit = auditOf(raceScene(GAP, { policy: { limits, waivers: [waiver] } }))
    expect(audit.facts.gateDate).toBe('2030-01-01')
    expect(runVerify(audit).every(({ holds }) => holds)).toBe(true)
    expect(auditOf(raceScene(GAP)).facts).not.toHaveProperty('gateDate')
  })

  it('is judged on the day of the run: verify refuses another day, and reading one without waivers, or none with', () => {
    const scene = raceScene(GAP, { policy: { limits, waivers: [waiver] } })
    const moved = auditOf({ ...scene, day: '2029-12-31' })
    expect(runVerify(moved).filter(({ holds }) => !holds)).toMatchObject([
      { detail: 'expected 2030-01-01 but the file says 2029-12-31' },
    ])
    const { gateDate, ...without } = auditOf(scene).facts
    const read = (facts: object): unknown => parseAudit(readableJson({ ...auditOf(scene), facts }), 'a.json')
    expect(() => read(without)).toThrow('facts.gateDate: expected the day of the run')
    const plain = auditOf(raceScene(GAP)).facts
    expect(() => read({ ...plain, gateDate })).toThrow(
      'facts.gateDate: expected nothing, since the policy has no waivers',
    )
    expect(() => read(plain)).not.toThrow()
  })
})

describe('runGate', () => {
  const audit = auditOf(raceScene(GAP, { policy: { limits: [{ id: 'd', kind: 'disparity' }] } }))

  it('derives the saved gate again from the counts', () => {
    const again = runGate(audit, { policy: null, day: '2031-01-01' })
    expect(again).toMatchObject({ isSetBefore: true, isAsSaved: true })
    expect(again.audit.derived.gate).toEqual(audit.derived.gate)
  })

  it('holds another policy against it with its own margin, and says that it came after the run', () => {
    const wide = {
      ...POLICY,
      margin: { difference: 0.5, ratio: 1.25 },
      limits: audit.facts.policy.limits,
      sha256: 'other',
    }
    const { isSetBefore, audit: tried } = runGate(audit, { policy: wide, day: '2031-01-01' })
    expect([isSetBefore, tried.derived.gate.result]).toEqual([false, 'passed'])
  })

  it('refuses a file whose counts or limits were changed after the run', () => {
    const asked = { policy: null, day: '2031-01-01' }
    const { policy } = audit.facts
    const eased = { ...audit, facts: { ...audit.facts, policy: { ...policy, margin: { ...policy.margin, difference: 0.9 } } } } // prettier-ignore
    expect(() => runGate(eased, asked)).toThrow(/facts\.policy: expected limits whose hash is .* probity verify/s)
    const [first, ...rest] = audit.facts.tallies
    const moved = { ...audit, facts: { ...audit.facts, tallies: [{ ...first, total: first.total + 1 }, ...rest] } }
    expect(() => runGate(moved, asked)).toThrow(
      /auditId: expected the id of the content but received that of other content/,
    )
    expect(() => runGate(moved, { ...asked, policy: POLICY })).toThrow(/auditId: expected/)
  })

  it('refuses a policy that calls other images near-tied', () => {
    expect(() => runGate(audit, { policy: { ...POLICY, nearTie: 1e-3 }, day: '2031-01-01' })).toThrow(
      /nearTie: expected 0.0001/,
    )
  })
})

describe('runPolicyLint', () => {
  const sizes = Array.from({ length: 6 }, (_, index) => ({ name: `g${index}`, images: 400 }))
  const groupings = [{ groupBy: ['race'], sizes }]
  const lint = (limits: readonly Limit[], more: Partial<Policy> = {}) =>
    runPolicyLint({ ...POLICY, limits, ...more }, groupings, { seed: 1, audits: 60 }).limits

  it('finds that equal groups fail in at most alpha of audits, where the bare ratio would fail in most', () => {
    const [disparity, ratio] = lint([{ id: 'd', kind: 'disparity' }, { id: 'r', kind: 'ratio', atMost: 1.25 }]) // prettier-ignore
    for (const { rates } of [disparity, ratio]) expect(rates.map(({ rate }) => rate)).toEqual([0.001, 0.01, 0.05, 0.1])
    for (const { failed } of [...disparity.rates, ...ratio.rates]) expect(failed).toBeLessThanOrEqual(0.05)
    expect(ratio.rates[1].byPoint).toBeGreaterThan(0.5)
    expect(disparity.warnings).toEqual([])
  })

  it('warns of an assurance that can hardly pass at these sizes, and of samples that are not there', () => {
    const [ceiling, sample] = lint([{ id: 'c', kind: 'ceiling', atMost: 0.012 }, { id: 's', kind: 'minimum-sample', images: 500 }], { mode: 'assurance' }) // prettier-ignore
    expect(ceiling.warnings).toEqual([{ kind: 'never-passes', groupBy: ['race'] }])
    expect(sample.warnings).toEqual([{ kind: 'too-few-images', groups: 6 }])
  })

  it('gives the same for the same seed', () => {
    const limits: Limit[] = [{ id: 'c', kind: 'ceiling', atMost: 0.05 }]
    expect(lint(limits)).toEqual(lint(limits))
    const seeded = (seed: number) => runPolicyLint({ ...POLICY, limits }, groupings, { seed, audits: 60 }).limits
    expect(seeded(2)).not.toEqual(seeded(1))
  })

  it('warns of a limit for which nothing was simulated, and not of coverage, which counts rows', () => {
    const limits: Limit[] = [
      { id: 'd', kind: 'disparity', groupBy: [['age']] },
      { id: 's', kind: 'minimum-sample', images: 10, groupBy: [['age']] },
      { id: 'c', kind: 'coverage', atLeast: 0.9 },
    ]
    expect(lint(limits).map(({ warnings }) => warnings)).toEqual([[{ kind: 'not-simulated' }], [{ kind: 'not-simulated' }], []]) // prettier-ignore
  })

  it('warns in assurance of one grouping that cannot pass, though another does', () => {
    const small = { groupBy: ['gender'], sizes: [{ name: 'a', images: 60 }, { name: 'b', images: 60 }] } // prettier-ignore
    const large = { groupBy: ['race'], sizes: sizes.map(({ name }) => ({ name, images: 4000 })) }
    const policy: Policy = { ...POLICY, mode: 'assurance', limits: [{ id: 'c', kind: 'ceiling', atMost: 0.02 }] }
    const [{ warnings, rates }] = runPolicyLint(policy, [large, small], { seed: 1, audits: 40 }).limits
    expect(rates.some(({ groupBy, passed }) => groupBy[0] === 'race' && passed > 0.5)).toBe(true)
    expect(warnings).toEqual([{ kind: 'never-passes', groupBy: ['gender'] }])
  })

  it.each(['four-fifths', 'impact-ratio', 'denigration-ceiling'])(
    "simulates every limit of %s at FairFace's sizes",
    (id) => {
      const { limits } = runPolicyLint(readPolicy(id), fairfaceGroupings(), { seed: 1, audits: 20 })
      for (const { kind, rates, warnings } of limits) {
        expect(rates.length > 0).toBe(kind !== 'coverage')
        expect(warnings).not.toContainEqual({ kind: 'not-simulated' })
      }
    },
  )

  it('has FairFace by race and by gender as sums of both together', () => {
    const sums = fairfaceGroupings().map(({ sizes: of }) => of.reduce((sum, { images }) => sum + images, 0))
    expect(sums).toEqual([10_954, 10_954, 10_954])
    expect(fairfaceGroupings()[2]?.sizes).toEqual([{ name: 'Male', images: 5792 }, { name: 'Female', images: 5162 }]) // prettier-ignore
  })
})

describe('the shipped policies', () => {
  it.each(['default', 'four-fifths', 'impact-ratio', 'denigration-ceiling'])('%s can be held against a run', (id) => {
    const policy = readPolicy(id)
    const { gate } = derive(factsOf(raceScene(GAP, { policy })))
    const expected = { default: 'not-requested', 'four-fifths': 'passed', 'impact-ratio': 'not-requested', 'denigration-ceiling': 'failed' } // prettier-ignore
    expect(gate.result).toBe(expected[id as keyof typeof expected])
  })
})
