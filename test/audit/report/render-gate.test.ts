import { describe, expect, it } from 'vitest'
import { renderGateSummary, renderGateTerminal } from '../../../src/audit/report/render-gate.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { Limit, Policy, Waiver } from '../../../src/audit/types/policy.js'
import { auditOf, raceScene } from '../../support/facts.js'

const GAP = [['A', 140, 1000], ['B', 10, 1000], ['C', 10, 1000]] as const // prettier-ignore
const FEW = [['A', 1, 9], ['B', 1, 9], ['C', 1, 9]] as const // prettier-ignore
const BEFORE = { isSetBefore: true, day: '2030-01-01' }
const AFTER = { isSetBefore: false, day: '2030-01-01' }

const LIMITS: readonly Limit[] = [
  { id: 'gap', kind: 'difference', atMost: 0.05 },
  { id: 'times', kind: 'ratio', atMost: 3, probes: ['denigration'], groupBy: [['race']] },
  { id: 'none-higher', kind: 'disparity', harms: ['denigration'], outcomes: ['crime'] },
  { id: 'no-more', kind: 'ceiling', atMost: 0.5, labelSets: ['four-labels'] },
  { id: 'covered', kind: 'coverage', atLeast: 0.9 },
  { id: 'enough', kind: 'minimum-sample', images: 100 },
  { id: 'four-fifths', kind: 'impact-ratio' },
  { id: 'four-fifths-held', kind: 'impact-ratio', atLeast: 0.8 },
]
const WAIVERS: readonly Waiver[] = [
  { limit: 'gap', group: [['race', 'A']], owner: 'A. Person', reason: 'Known since May.', expires: '2030-06-30' },
  { limit: 'times', owner: 'B. Person', reason: 'Old.', expires: '2029-12-31' },
]

function audit(policy: Partial<Policy>, counts: Parameters<typeof raceScene>[0] = GAP): AuditResult {
  return auditOf(raceScene(counts, { policy }))
}

describe('the gate in plain text', () => {
  it('has a line for each limit, with what it asks and the group that is furthest from it', () => {
    const text = renderGateTerminal(audit({ limits: LIMITS }), BEFORE)
    const flat = text.replace(/\s+/g, ' ')
    expect(flat).toContain('Exceeded: gap: At most 5 points above the reference. Worst: A,')
    expect(flat).toContain('Not exceeded: enough: At least 100 images in every group. Worst: A,')
    expect(flat).toContain('Not applicable: four-fifths: Impact ratios, reported without a bound.')
    for (const { id } of LIMITS) expect(flat).toMatch(new RegExp(`(xceeded|applicable): ${id}: `))
  })

  it('names each waiver with its owner, its reason and its last day, in force or expired', () => {
    const text = renderGateTerminal(audit({ limits: LIMITS, waivers: WAIVERS }), BEFORE).replace(/\s+/g, ' ')
    expect(text).toContain('A. Person')
    expect(text).toContain('Known since May.')
    expect(text).toContain('2030-06-30')
    expect(text).toContain('2029-12-31')
  })

  it('says whether the policy was there before the run', () => {
    const of = audit({ limits: LIMITS })
    const [before, after] = [renderGateTerminal(of, BEFORE), renderGateTerminal(of, AFTER)]
    expect(before).not.toBe(after)
    expect(before.split('\n').slice(0, -3)).toEqual(after.split('\n').slice(0, before.split('\n').length - 3))
  })

  it('has no lines of limits where the policy asks for nothing', () => {
    const text = renderGateTerminal(audit({}), BEFORE)
    expect(text).not.toContain('gap')
    expect(text.split('\n').length).toBeLessThan(
      renderGateTerminal(audit({ limits: LIMITS }), BEFORE).split('\n').length,
    )
  })

  it('carries the warning of a policy, and names the label sets that nothing judges', () => {
    const warning = 'These limits are examples.'
    const idle = auditOf(raceScene(GAP, { policy: { limits: LIMITS, warning }, probes: [] }))
    const text = renderGateTerminal(idle, BEFORE)
    expect(text).toContain(warning)
    expect(text).toMatch(/^.*four-labels.*$/m)
    expect(renderGateTerminal(audit({ limits: [] }), BEFORE)).not.toContain(warning)
  })
})

describe('the gate as a summary of a job', () => {
  it('is a table with a row for each limit, under the result', () => {
    const text = renderGateSummary(audit({ limits: LIMITS }), BEFORE)
    expect(text).toMatch(/^## .*\n/)
    const rows = text.split('\n').filter((line) => line.startsWith('| '))
    expect(rows.slice(2).map((row) => row.split(' ')[1])).toEqual(LIMITS.map(({ id }) => id))
    expect(rows[2]).toContain('140 of 1,000; against everyone else: 20 of 2,000')
  })

  it('leaves the figures of a limit empty that has no worst group, and says why', () => {
    const text = renderGateSummary(audit({ limits: LIMITS }, FEW), BEFORE)
    const row = text.split('\n').find((line) => line.startsWith('| gap')) ?? ''
    expect(row.split('|').map((cell) => cell.trim())).toContain('')
  })

  it('lists the waivers, and has neither table nor list where there is none', () => {
    const listed = renderGateSummary(audit({ limits: LIMITS, waivers: WAIVERS }), AFTER)
    expect(listed).toMatch(/^- .*Known since May\..*$/m)
    const bare = renderGateSummary(audit({ warning: 'These limits are examples.' }), AFTER)
    expect(bare).not.toContain('| ')
    expect(bare).toContain('These limits are examples.')
  })

  it('is written in Korean on request', () => {
    const korean = renderGateSummary(audit({ limits: LIMITS, waivers: WAIVERS }), BEFORE, { locales: ['ko'] })
    expect(korean).toMatch(/[가-힣]/)
    expect(korean).toContain('Known since May.')
  })
})
