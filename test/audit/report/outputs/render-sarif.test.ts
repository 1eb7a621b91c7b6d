import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MOST_RESULTS, renderSarif } from '../../../../src/audit/report/outputs/render-sarif.js'
import type { AuditResult } from '../../../../src/audit/types/audit.js'
import { SCENE } from '../../../golden/scene.js'
import { auditOf, raceScene } from '../../../support/facts.js'
import { exampleAudit } from '../example-audit.js'
import { incompleteAudit } from '../variants.js'
import { sarifFaults } from './schemas.js'

const GOLDEN = auditOf(SCENE)

type Log = {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean
          readonly toolExecutionNotifications: readonly {
            readonly level: string
            readonly message: { readonly text: string }
          }[]
        },
      ]
      readonly results: readonly {
        readonly ruleId: string
        readonly ruleIndex: number
        readonly kind: string
        readonly level: string
        readonly message: { readonly text: string }
        readonly locations: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } }
        }[]
        readonly partialFingerprints: Readonly<Record<string, string>>
        readonly properties: Readonly<Record<string, unknown>>
      }[]
    },
  ]
}
const runOf = (audit: AuditResult, locale = 'en'): Log['runs'][0] =>
  (JSON.parse(renderSarif(audit, { locales: [locale] })) as Log).runs[0]

describe('an audit as SARIF', () => {
  it('is valid by the schema', () => {
    expect(sarifFaults(renderSarif(GOLDEN))).toEqual([])
    expect(sarifFaults(renderSarif(exampleAudit()))).toEqual([])
  })

  it('is held against a schema that finds faults', () => {
    expect(sarifFaults(renderSarif(GOLDEN).replace('"kind": "fail"', '"kind": "bad"'))).not.toEqual([])
  })

  it('has one result for every finding, every limit exceeded and every reason why a probe does not apply, and none for an image', () => {
    expect(GOLDEN.derived.gate.limits.filter(({ result }) => result === 'failed')).toHaveLength(1)
    expect(runOf(GOLDEN).results).toHaveLength(GOLDEN.derived.findings.length + 2)
  })

  it('names rules by probe, outcome and attribute, and finds each by its place', () => {
    const { results, tool } = runOf(GOLDEN)
    expect(results.map(({ ruleId }) => ruleId)).toContain('denigration/crime/race')
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  })

  it('calls nothing a failure but a disparity towards harm, and nothing an error but what a limit forbids', () => {
    const { results } = runOf(GOLDEN)
    const byId = new Map(GOLDEN.derived.findings.map((finding) => [finding.id, finding]))
    for (const { kind, level, properties } of results.filter(
      (result) => result.kind !== 'notApplicable' && !result.ruleId.startsWith('gate/'),
    )) {
      const finding = byId.get(String(properties['finding']))
      expect(kind === 'fail').toBe(finding !== undefined && finding.severity !== null)
      expect(level === 'error').toBe(GOLDEN.derived.gate.findings.includes(finding?.id ?? ''))
      if (kind !== 'fail') expect(level).toBe('none')
    }
    expect(new Set(results.map(({ kind }) => kind))).toEqual(
      new Set(['fail', 'review', 'open', 'pass', 'informational', 'notApplicable']),
    )
  })

  it.each([
    { id: 'fifths', kind: 'impact-ratio', atLeast: 0.95 },
    { id: 'alike', kind: 'ceiling', atMost: 0.01 },
  ] as const)('has an error at the policy for $kind too, whatever findings stand behind it', (limit) => {
    const counts = [['A', 200, 1000], ['B', limit.id === 'alike' ? 200 : 20, 1000]] as const // prettier-ignore
    const audit = auditOf(raceScene(counts, { policy: { limits: [limit] } }))
    expect(audit.derived.gate).toMatchObject({ result: 'failed' })
    const errors = runOf(audit).results.filter(({ ruleId }) => ruleId.startsWith('gate/'))
    expect(errors).toMatchObject([
      { ruleId: `gate/${limit.id}`, kind: 'fail', level: 'error', properties: { limit: limit.id } },
    ])
    expect(errors[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^policies\//)
    expect(sarifFaults(renderSarif(audit))).toEqual([])
    const other = auditOf(raceScene(counts, { policy: { limits: [limit], alpha: 0.04 } }))
    expect(runOf(other).results[0]?.partialFingerprints).not.toEqual(errors[0]?.partialFingerprints)
  })

  it('says what the gate gave in whole sentences, as an error where it failed', () => {
    const gateOf = (audit: AuditResult) => runOf(audit).invocations[0].toolExecutionNotifications.at(-1)
    expect(gateOf(GOLDEN)).toMatchObject({
      level: 'error',
      message: { text: expect.stringMatching(/^Gate failed\. /) as string },
    })
    const none = gateOf(auditOf(raceScene([['A', 9, 90], ['B', 1, 90]]))) // prettier-ignore
    expect(none).toMatchObject({ level: 'note', message: { text: expect.not.stringContaining('..') as string } })
  })

  it('calls no disparity an error where no limits were asked for', () => {
    const audit = auditOf({ ...SCENE, policy: { ...SCENE.policy, limits: [] } })
    const levels = runOf(audit).results.map(({ level }) => level)
    expect(levels).not.toContain('error')
    expect(levels).toContain('warning')
  })

  it('says of incomplete evidence that the run was no success, and leaves every result for review', () => {
    const { invocations, results } = runOf(incompleteAudit())
    expect(invocations[0].executionSuccessful).toBe(false)
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['review', 'notApplicable']))
  })

  it('tells findings apart by their fingerprints, which stay when the counts change', () => {
    const fingerprints = (audit: AuditResult): string[] =>
      runOf(audit).results.filter(({ ruleId }) => !ruleId.startsWith('gate/')).map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash'] ?? '').sort() // prettier-ignore
    const first = SCENE.blocks[0]
    if (first === undefined) throw new Error('a scene without blocks')
    const more = auditOf({ ...SCENE, blocks: [{ ...first, images: first.images + 5 }, ...SCENE.blocks.slice(1)] })
    expect(new Set(fingerprints(GOLDEN)).size).toBe(fingerprints(GOLDEN).length)
    expect(fingerprints(more)).toEqual(fingerprints(GOLDEN))
  })

  it('points at the label set, or at the policy where none is concerned', () => {
    const files = new Set(
      runOf(GOLDEN).results.map(({ locations: [place] }) => place?.physicalLocation.artifactLocation.uri),
    )
    expect(files).toEqual(
      new Set(['label-sets/four-labels.yaml', 'label-sets/four-labels-child.yaml', 'policies/test-limits.yaml']),
    )
  })

  it('stays within what GitHub takes, keeps the most harmful first, and says what was left out', () => {
    const { findings } = GOLDEN.derived
    const many = Array.from({ length: Math.ceil(MOST_RESULTS / findings.length) + 1 }, () => findings).flat()
    expect(many.length).toBeGreaterThan(MOST_RESULTS)
    const text = renderSarif({ ...GOLDEN, derived: { ...GOLDEN.derived, findings: many } })
    const [{ results, invocations }] = (JSON.parse(text) as Log).runs
    expect(results).toHaveLength(MOST_RESULTS)
    expect(results[0]?.level).toBe('error')
    expect(invocations[0].toolExecutionNotifications.map(({ message }) => message.text).join()).toMatch(/left out/)
    expect(gzipSync(text).length).toBeLessThan(10_000_000)
  })

  it('keeps what a waiver lets through and what is minor as a note', () => {
    const group = [['race', 'A']] as const
    const waivers = [{ limit: 'd', group, owner: 'A. Person', reason: 'Known.', expires: '2030-01-01' }]
    const policy = { limits: [{ id: 'd', kind: 'disparity' }] as const, waivers }
    const waived = auditOf(raceScene([['A', 140, 1000], ['B', 10, 1000], ['C', 10, 1000]], { policy })) // prettier-ignore
    const [{ kind, level, properties }] = runOf(waived).results
    expect([kind, level, properties['gate'], waived.derived.gate.result]).toEqual(['fail', 'note', 'waived', 'passed'])
    const [first, ...others] = GOLDEN.derived.findings.filter(({ severity }) => severity !== null)
    const minor = { ...GOLDEN.derived, gate: { ...GOLDEN.derived.gate, findings: [] }, findings: [{ ...first, severity: 'minor' as const }, ...others] } // prettier-ignore
    const { results } = runOf({ ...GOLDEN, derived: minor })
    const levelOf = (id: string) => results.find(({ properties: { finding } }) => finding === id)?.level
    expect([levelOf(first.id), levelOf(others[0].id)]).toEqual(['note', 'warning'])
  })

  it('cuts a question that is longer than GitHub takes, and leaves out a time that is none', () => {
    const probes = GOLDEN.facts.probes.map((probe) => ({ ...probe, question: '가'.repeat(2000) }))
    const audit = { ...GOLDEN, facts: { ...GOLDEN.facts, probes }, run: { ...GOLDEN.run, createdUtc: 'yesterday' } }
    const log = runOf(audit) as unknown as {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly fullDescription: { text: string } }[] } }
      readonly invocations: readonly object[]
    }
    const lengths = log.tool.driver.rules.map(({ fullDescription: { text } }) => text.length)
    expect(Math.max(...lengths)).toBe(1024)
    expect(log.tool.driver.rules.some(({ fullDescription: { text } }) => text.endsWith('가…'))).toBe(true)
    expect(log.invocations[0]).not.toHaveProperty('endTimeUtc')
    expect(runOf(GOLDEN).invocations[0]).toHaveProperty('endTimeUtc')
    expect(sarifFaults(renderSarif(audit))).toEqual([])
  })

  it('says of simulated data in every result that they are simulated', () => {
    for (const { message, properties } of runOf(exampleAudit({ simulated: true })).results) {
      expect(message.text).toMatch(/^Simulated data/)
      expect(properties['simulated']).toBe(true)
    }
  })
})
