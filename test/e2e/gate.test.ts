import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditId } from '../../src/audit/audit-file/audit-id.js'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { GateResult } from '../../src/audit/types/gate.js'
import type { Limit, Policy } from '../../src/audit/types/policy.js'
import type { PolicyLint } from '../../src/audit/types/policy-lint.js'
import { POLICY } from '../support/definitions.js'
import { auditOf, raceScene } from '../support/facts.js'
import { probity, temporaryFolder } from './run-cli.js'

type Counts = Parameters<typeof raceScene>[0]
const EVEN: Counts = [['A', 20, 1000], ['B', 20, 1000], ['C', 20, 1000]] // prettier-ignore
const GAP: Counts = [['A', 140, 1000], ['B', 10, 1000], ['C', 10, 1000]] // prettier-ignore
const DISPARITY: Limit = { id: 'no-disparity', kind: 'disparity' }
const WAIVER = {
  ...{ limit: 'no-disparity', owner: 'A. Person', reason: 'Fixed in the next model.', expires: '2031-01-31' },
  group: [['race', 'A']],
} as const

const folder = temporaryFolder()

function saved(name: string, counts: Counts, policy: Partial<Policy>): string {
  return written(name, readableJson(auditOf(raceScene(counts, { policy }))))
}

function written(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** A policy file: YAML is a superset of JSON. */
function policyFile(id: string, changes: object): string {
  return written(`${id}.yaml`, JSON.stringify({ ...POLICY, id, ...changes, sha256: undefined }))
}

describe('probity gate', () => {
  const even = saved('even.json', EVEN, { limits: [DISPARITY] })
  const gap = saved('gap.json', GAP, { limits: [DISPARITY] })
  const waived = saved('waived.json', GAP, { limits: [DISPARITY], waivers: [WAIVER] })

  it('exits 0 where no limit is exceeded, and says that this is no proof', () => {
    const { status, stdout, stderr } = probity(['gate', even])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Gate passed\. /)
    expect(stdout.replace(/\s+/g, ' ')).toContain('Not failing is no proof that a limit holds.')
    expect(stdout).toContain('This policy was set before the run.')
  })

  it('exits 0 where no limit asks for a gate, and says so', () => {
    const { status, stdout } = probity(['gate', saved('none.json', GAP, {})])
    expect(status).toBe(0)
    expect(stdout).not.toContain('passed')
    expect(stdout).toMatch(/^No gate/)
  })

  it('exits 1 where a limit is exceeded, with both sides as counts', () => {
    const { status, stdout } = probity(['gate', gap])
    expect(status).toBe(1)
    expect(stdout).toMatch(/^Gate failed\. /)
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/no-disparity: .* 140 of 1,000; against everyone else: 20 of 2,000/)
  })

  it('exits 3 where the evidence cannot show what assurance asks, and where nothing was judged', () => {
    const limits: Limit[] = [{ id: 'top', kind: 'ceiling', atMost: 0.025 }]
    const unsure = probity(['gate', saved('unsure.json', EVEN, { mode: 'assurance', limits })])
    expect(unsure.status).toBe(3)
    expect(unsure.stdout).toMatch(/^Gate cannot tell\. /)
    const nowhere: Limit[] = [{ ...DISPARITY, outcomes: ['none-such'] }]
    const nothing = probity(['gate', saved('nothing.json', EVEN, { limits: nowhere })])
    expect(nothing.status).toBe(3)
    expect(nothing.stdout.replace(/\s+/g, ' ')).toContain('brackets: no-disparity (none-such).')
  })

  it.each([
    [['--on', '2031-02-30'], 'command line: --on: expected a day such as 2027-11-27 but received "2031-02-30"'],
    [['--policy', 'four-fifth'], 'Did you mean "four-fifths"?'],
  ])('exits 2 on %j and says what was expected', (flags, message) => {
    const { status, stdout, stderr } = probity(['gate', gap, ...flags])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('exits 2 on a file that is not there', () => {
    expect(probity(['gate', join(folder, 'absent.json')])).toMatchObject({ status: 2, stdout: '' })
  })

  it('lets a waived case through on its last day, and fails on the day after', () => {
    const before = probity(['gate', waived, '--on', '2031-01-31'])
    expect(before.status).toBe(0)
    expect(before.stdout.replace(/\s+/g, ' ')).toContain('A. Person: Fixed in the next model.')
    const after = probity(['gate', waived, '--on', '2031-02-01'])
    expect(after.status).toBe(1)
    expect(after.stdout.replace(/\s+/g, ' ')).toContain('1 waiver of the policy has expired.')
    expect(after.stdout).toContain('expired on')
  })

  it('writes the same as JSON, with the policy, the day and every limit', () => {
    const { status, stdout } = probity(['gate', gap, '--json', '--on', '2031-01-01'])
    expect(status).toBe(1)
    const result = JSON.parse(stdout) as { auditId: string; policy: object; day: string; gate: GateResult }
    const audit = auditOf(raceScene(GAP, { policy: { limits: [DISPARITY] } }))
    const { id, sha256 } = audit.facts.policy
    expect(result).toMatchObject({
      auditId: audit.auditId,
      policy: { id, sha256, isSetBefore: true },
      day: '2031-01-01',
    })
    expect(result.gate).toMatchObject({ result: 'failed', limits: [{ id: 'no-disparity', result: 'failed', m: 3 }] })
  })

  it('writes a table of Markdown for the summary of a job', () => {
    const { status, stdout } = probity(['gate', gap, '--summary'])
    expect(status).toBe(1)
    const lines = stdout.split('\n')
    expect(lines[0]).toBe('## Gate failed')
    const head = lines.findIndex((line) => line.startsWith('| Limit |'))
    expect(lines[head + 2]).toMatch(/^\| no-disparity \| .* \| Exceeded \| A, .* \| 140 of 1,000; .* \| 13\.0 points/)
    expect(lines.length).toBeLessThanOrEqual(40)
  })

  it('lists waivers in the summary of a job, with owner, reason and last day', () => {
    const { stdout } = probity(['gate', waived, '--summary', '--on', '2031-01-31'])
    expect(stdout).toContain(
      '\nWaivers:\n\n- no-disparity: race A. A. Person: Fixed in the next model. Last day 2031-01-31;',
    )
  })

  it('refuses an edited file, and says how to check it', () => {
    const audit = auditOf(raceScene(GAP, { policy: { limits: [DISPARITY] } }))
    const eased = { ...audit.facts.policy, minimumImages: 2000 }
    const edited = written('edited.json', readableJson({ ...audit, facts: { ...audit.facts, policy: eased } }))
    const { status, stdout, stderr } = probity(['gate', edited])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('probity verify')
  })

  it('names no sum over families as the m of verdicts', () => {
    expect(probity(['gate', gap]).stdout.replace(/\s+/g, ' ')).toContain('m: by family.')
  })

  it('calls another policy declared after the run', () => {
    const other = policyFile('wide', { margin: { difference: 0.5, ratio: 1.25 }, limits: [DISPARITY] })
    const { status, stdout } = probity(['gate', gap, '--policy', other])
    expect(status).toBe(0) // a margin of 50 points is not exceeded by 13
    expect(stdout.replace(/\s+/g, ' ')).toContain('it was declared after the run')
    expect(stdout).not.toContain('This policy was set before the run.')
  })

  it('refuses a policy that calls other images near-tied', () => {
    const other = policyFile('other-ties', { nearTie: 1e-3, limits: [DISPARITY] })
    const { status, stdout, stderr } = probity(['gate', gap, '--policy', other])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('nearTie: expected 0.0001, as the audit counted near-ties but received 0.001')
  })

  it('refuses an audit of a draft whose policy says failOn, in one sentence that says what to do', () => {
    const audit = JSON.parse(readableJson(auditOf(raceScene(GAP)))) as AuditResult
    const before = { mode: undefined, limits: undefined, waivers: undefined, failOn: ['disparity'] }
    const old = { ...audit, facts: { ...audit.facts, policy: { ...audit.facts.policy, ...before } } }
    const { status, stdout, stderr } = probity(['gate', written('draft.json', JSON.stringify(old))])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('expected mode, limits and waivers')
    expect(stderr).toContain('run the audit again')
  })

  it('warns where the saved gate does not follow from the counts though its id fits, and judges the counts', () => {
    const edited = JSON.parse(readableJson(auditOf(raceScene(GAP, { policy: { limits: [DISPARITY] } })))) as AuditResult
    const gate = { ...edited.derived.gate, result: 'passed' as const }
    const derived = { ...edited.derived, gate }
    const signed = { ...edited, derived, auditId: auditId(edited.facts, derived) }
    const file = written('signed.json', JSON.stringify(signed))
    const { status, stderr } = probity(['gate', file])
    expect(status).toBe(1)
    expect(stderr).toBe('warning: the gate in this file does not follow from its counts: see probity verify\n')
  })
})

describe('probity policy lint', () => {
  const groups = saved('groups.json', GAP, {})
  const lint = (policy: string, ...flags: string[]) =>
    probity(['policy', 'lint', policy, '--groups', groups, '--audits', '60', '--seed', '3', ...flags])

  it('warns by name of a limit that chance alone fails, and not of the sound one beside it', () => {
    // a level of one half, and no margin: among equal groups somebody lies above
    const chance = { id: 'one-in-two', kind: 'ratio', atMost: 1.0001 }
    const { status, stdout } = lint(
      policyFile('loose', { alpha: 0.5, limits: [chance, { id: 'sound', kind: 'difference', atMost: 0.1 }] }),
    )
    expect(status).toBe(1)
    expect(stdout).toMatch(/WARNING: one-in-two: chance alone fails it in \d+(\.\d)?% of audits/)
    expect(stdout).not.toContain('WARNING: sound')
  })

  it('warns of nothing in a sound policy, and exits 0', () => {
    const { status, stdout, stderr } = lint(policyFile('sound', { limits: [DISPARITY] }))
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).not.toContain('WARNING')
    expect(stdout).toContain('3 groups of 1000 to 1000 images')
  })

  it('writes the same bytes for the same seed, and others for another', () => {
    const policy = policyFile('again', { limits: [{ id: 'r', kind: 'ratio', atMost: 1.25 }] })
    const first = lint(policy, '--json')
    expect(lint(policy, '--json').stdout).toBe(first.stdout)
    const rates = (text: string) => (JSON.parse(text) as PolicyLint).limits[0].rates
    expect(rates(lint(policy, '--json', '--seed', '4').stdout)).not.toEqual(rates(first.stdout))
  })
})
