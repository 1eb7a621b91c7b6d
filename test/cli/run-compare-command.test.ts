import { describe, expect, it } from 'vitest'
import { exitCodeOf, whyIncomplete } from '../../src/cli/run-compare-command.js'
import type { AuditComparison, FindingChange } from '../../src/audit/types/audit-comparison.js'

const AUDIT = { auditId: '', version: '', dataset: '', simulated: false, models: [], labelSets: [], policy: '', alpha: 0.05, createdUtc: '', findings: 0, isIncomplete: false } // prettier-ignore

function codeOf(changes: readonly FindingChange[], incomplete: readonly [boolean, boolean] = [false, false]): number {
  const audits: AuditComparison['audits'] = [{ ...AUDIT, isIncomplete: incomplete[0] }, { ...AUDIT, isIncomplete: incomplete[1] }] // prettier-ignore
  return exitCodeOf({ audits, counts: changes.map((change) => [change, 1] as const) })
}

describe('the exit code of probity compare --fail-on worsened', () => {
  it('is 1 when anything worsened, whatever else improved', () => {
    expect(codeOf(['improved', 'worsened', 'not-comparable'])).toBe(1)
  })

  it('is 0 when something was compared and nothing worsened', () => {
    expect(codeOf(['unchanged', 'cannot-tell', 'not-comparable', 'added', 'gone'])).toBe(0)
  })

  it('is 3 when nothing was compared, or could be told', () => {
    expect(codeOf(['not-comparable', 'added'])).toBe(3)
    expect(codeOf(['cannot-tell'])).toBe(3)
    expect(codeOf([])).toBe(3)
  })

  it('is 3 where one of the audits draws no conclusion: then nothing worsened and nothing did not', () => {
    expect(codeOf(['worsened'], [true, false])).toBe(3)
    expect(codeOf(['unchanged'], [false, true])).toBe(3)
  })

  it('is explained in one line where it is 3', () => {
    expect(whyIncomplete({ audits: [AUDIT, AUDIT] })).toBe('Exit 3: nothing could be compared.')
    expect(whyIncomplete({ audits: [AUDIT, { ...AUDIT, isIncomplete: true }] })).toMatch(/^Exit 3: an audit draws no/)
  })
})
