import { describe, expect, it } from 'vitest'
import { auditId } from '../../src/audit/audit-file/audit-id.js'
import { requireUnchanged } from '../../src/audit/require-unchanged.js'
import { auditOf, raceScene } from '../support/facts.js'

const MADE = auditOf(raceScene([['A', 40, 100], ['B', 10, 100]])) // prettier-ignore

describe('requireUnchanged', () => {
  it('takes an audit as it was made, whenever and wherever it ran', () => {
    expect(() => requireUnchanged(MADE, 'audit.json')).not.toThrow()
    expect(() => requireUnchanged({ ...MADE, run: { ...MADE.run, createdUtc: '2031-01-01T00:00:00Z' } }, 'audit.json')).not.toThrow() // prettier-ignore
  })

  it('refuses one whose verdicts were changed under the same id', () => {
    const [first, ...rest] = MADE.derived.findings
    const findings = [{ ...first, verdict: { kind: 'within-margin', settledBy: 'ratio' } as const }, ...rest]
    expect(() => requireUnchanged({ ...MADE, derived: { ...MADE.derived, findings } }, 'run/audit.json')).toThrow(
      'run/audit.json: auditId: expected the id of the content but received that of other content: the file was changed after it was written. See what is wrong with: probity verify',
    )
  })

  it('refuses one whose limits were eased, also where the id was written again', () => {
    const facts = { ...MADE.facts, policy: { ...MADE.facts.policy, alpha: 0.5 } }
    const eased = { ...MADE, facts, auditId: auditId(facts, MADE.derived) }
    expect(() => requireUnchanged(eased, 'audit.json')).toThrow(
      /^audit\.json: facts\.policy: expected limits whose hash is \w+ but received limits whose hash is \w+: the file was changed/,
    )
  })
})
