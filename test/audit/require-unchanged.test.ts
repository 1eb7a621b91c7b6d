import { describe, expect, it } from 'vitest'
import { auditId } from '../../src/audit/audit-file/audit-id.js'
import { requireUnchanged } from '../../src/audit/require-unchanged.js'
import { exampleAudit } from './report/example-audit.js'

const AUDIT = exampleAudit()
const MADE = { ...AUDIT, auditId: auditId(AUDIT.facts, AUDIT.derived) }

describe('requireUnchanged', () => {
  it('takes an audit as it was made, whenever and wherever it ran', () => {
    expect(() => requireUnchanged(MADE, 'audit.json')).not.toThrow()
    expect(() => requireUnchanged({ ...MADE, run: { ...MADE.run, createdUtc: '2031-01-01T00:00:00Z' } }, 'audit.json')).not.toThrow() // prettier-ignore
  })

  it('refuses one whose verdicts were changed under the same id', () => {
    const [first, ...rest] = MADE.derived.findings
    const findings = [{ ...first, verdict: { kind: 'within-margin', settledBy: 'ratio' } as const }, ...rest]
    expect(() => requireUnchanged({ ...MADE, derived: { ...MADE.derived, findings } }, 'run/audit.json')).toThrow(
      /^run\/audit\.json: auditId: expected the id of what the file holds \("sha256:[0-9a-f]{64}"\) but received "sha256:[0-9a-f]{64}"\. The file was changed after the audit, so no sign-off holds for it\./,
    )
  })
})
