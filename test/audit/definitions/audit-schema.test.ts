import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { parseAudit, type auditSchema } from '../../../src/audit/definitions/audit-schema.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import { refusalOf } from './refusal-of.js'
import { sampleAudit } from './sample-audit.js'

type Mutable<Value> = { -readonly [Key in keyof Value]: Mutable<Value[Key]> }

/** The sample with one change, as the text of a file. */
function changed(change: (audit: Mutable<AuditResult>) => void): string {
  const audit = structuredClone(sampleAudit()) as Mutable<AuditResult> // a copy of our own may be changed
  change(audit)
  return JSON.stringify(audit)
}

describe('parseAudit', () => {
  it('reads a saved audit', () => {
    expect(parseAudit(JSON.stringify(sampleAudit()), 'audit.json')).toEqual(sampleAudit())
  })

  it('holds the schema and the types together', () => {
    expectTypeOf<z.output<typeof auditSchema>>().toExtend<AuditResult>()
    expectTypeOf<Mutable<AuditResult>>().toExtend<z.input<typeof auditSchema>>()
  })

  it('keeps unknown fields and the order of keys, over which the audit id is computed', () => {
    const text = changed((audit) => {
      const { facts } = audit
      audit.facts = { ...({ zzz: 1 } as object), ...facts } // a field of a later version, before the known ones
    })
    expect(JSON.stringify(parseAudit(text, 'audit.json'))).toBe(text)
  })

  it.each<readonly [what: string, text: string, message: string]>([
    [
      'an empty file',
      '',
      'audit.json: expected the JSON of a saved audit but received an empty file. Give the path of an audit.json that probity audit wrote, complete and unedited.',
    ],
    [
      'a file cut short',
      JSON.stringify(sampleAudit()).slice(0, 500),
      'audit.json: expected the JSON of a saved audit but received JSON that ends in the middle. Give the path of an audit.json that probity audit wrote, complete and unedited.',
    ],
    [
      'NaN',
      '{"schema": NaN}',
      'audit.json: expected the JSON of a saved audit but received text that is not JSON. Give the path of an audit.json that probity audit wrote, complete and unedited.',
    ],
    [
      'other JSON',
      '[1, 2]',
      'audit.json: schema: expected probity/audit@1 but received nothing. Give the path of an audit.json that probity audit wrote.',
    ],
    [
      'null',
      'null',
      'audit.json: schema: expected probity/audit@1 but received nothing. Give the path of an audit.json that probity audit wrote.',
    ],
    [
      'a later version',
      '{"schema":"probity/audit@2"}',
      'audit.json: schema: expected probity/audit@1 but received "probity/audit@2". It was written by another version of probity: read it with that version.',
    ],
    [
      'a missing block',
      changed((audit) => Reflect.deleteProperty(audit, 'derived')),
      'audit.json: derived: expected a mapping but received nothing',
    ],
    [
      'a negative count',
      changed((audit) => (audit.facts.tallies[0].total = -1)),
      'audit.json: facts.tallies[0].total: expected a number of at least 0 but received -1',
    ],
    [
      'a count that is not whole',
      changed((audit) => (audit.facts.tallies[0].counts[0][1] = 1.5)),
      'audit.json: facts.tallies[0].counts[0][1]: expected a whole number but received 1.5',
    ],
    [
      'a group written as an object',
      changed((audit) => (audit.facts.tallies[0].group = { race: 'Black' } as never)),
      'audit.json: facts.tallies[0].group: expected a list but received a mapping',
    ],
    [
      'an unknown verdict',
      changed((audit) => (audit.derived.findings[0].verdict = { kind: 'fine' } as never)),
      'audit.json: derived.findings[0].verdict.kind: expected disparity, within-margin, inconclusive or insufficient but received "fine"',
    ],
    [
      'an unknown reason',
      changed((audit) => (audit.derived.contrasts[0].ratio.reason = 'because' as never)),
      'audit.json: derived.contrasts[0].ratio.reason: expected no-images, group-too-small, reference-too-small, zero-reference-rate, both-rates-zero, few-events, interval-too-wide, near-ties-decide, settled, beyond-hundredfold, not-detectable, confirmatory, decisions-only, attribute-absent, outcome-absent, simulated, zero-margin, no-variation, single-group, too-few-groups, no-overlap, only-hidden, repeated-subjects, class-absent or cut-exceeds-list but received "because"',
    ],
    [
      'text for a number',
      changed((audit) => (audit.facts.seed = '1' as never)),
      'audit.json: facts.seed: expected a number but received "1"',
    ],
  ])('refuses %s', (_what, text, message) => {
    expect(refusalOf(() => parseAudit(text, 'audit.json'))).toBe(message)
  })

  const OUTDATED =
    'A draft of probity wrote it, in which policies had no limits yet: read it with that draft, or run the audit again.'
  it.each<readonly [what: string, text: string, message: string]>([
    [
      'with a policy that says failOn',
      changed(({ facts, derived }) => {
        for (const field of ['mode', 'limits', 'waivers']) Reflect.deleteProperty(facts.policy, field)
        for (const field of ['mode', 'limits', 'waivers']) Reflect.deleteProperty(derived.gate, field)
        Object.assign(facts.policy, { failOn: ['disparity'] })
      }),
      `audit.json: facts.policy.failOn: expected mode, limits and waivers but received a list. ${OUTDATED}`,
    ],
    [
      'with a gate that has no mode',
      changed(({ derived }) => Reflect.deleteProperty(derived.gate, 'mode')),
      `audit.json: derived.gate.mode: expected mode, limits and waivers but received nothing. ${OUTDATED}`,
    ],
  ])('refuses the audit of a draft in one sentence: %s', (_what, text, message) => {
    expect(refusalOf(() => parseAudit(text, 'audit.json'))).toBe(message)
  })

  it('lists what is wrong with a gate that is not there at all as any other fault', () => {
    const text = changed(({ derived }) => Reflect.deleteProperty(derived, 'gate'))
    expect(refusalOf(() => parseAudit(text, 'audit.json'))).toBe(
      'audit.json: derived.gate: expected a mapping but received nothing',
    )
  })

  it('reports all faults together', () => {
    const text = changed((audit) => {
      audit.run.cacheHits = 0.5
      audit.facts.simulated = 'no' as never
    })
    expect(() => parseAudit(text, 'audit.json')).toThrow(
      'audit.json: facts.simulated: expected true or false but received "no"\naudit.json: run.cacheHits: expected a whole number but received 0.5',
    )
  })
})
