import { describe, expect, it } from 'vitest'
import { front } from '../../../../src/audit/report/view/front.js'
import { summary } from '../../../../src/audit/report/view/summary.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { AuditResult } from '../../../../src/audit/types/audit.js'
import { exampleAudit } from '../example-audit.js'
import { designsAudit } from '../example-designs.js'
import { auditWithTables } from '../example-tables.js'
import { auditAtAlpha, auditWithOneLabelSet, auditWithSubjects, incompleteAudit, undecidedAudit } from '../variants.js'

const MOST_WORDS = 150 // what a reader takes in before anything else (report.md, section 1)

/** The example under as many label sets as a run may have: only the names are new. */
function withLabelSets(count: number): AuditResult {
  const audit = exampleAudit()
  const [first] = audit.facts.labelSets
  if (first === undefined) throw new Error('the example has no label set')
  const more = Array.from({ length: count }, (_, i) => ({ ...first, id: `one-of-many-label-sets-${i}` }))
  return { ...audit, facts: { ...audit.facts, labelSets: [...audit.facts.labelSets, ...more] } }
}

const AUDITS: readonly (readonly [string, AuditResult])[] = [
  ['the example', exampleAudit()],
  ['simulated data', exampleAudit({ simulated: true })],
  ['label sets compared', designsAudit()],
  ['tables of their own', auditWithTables()],
  ['evidence that is incomplete', incompleteAudit()],
  ['images without a decision', undecidedAudit(12)],
  ['one label set', auditWithOneLabelSet()],
  ['several images of a subject', auditWithSubjects()],
  ['another error rate', auditAtAlpha(0.01)],
  ['forty label sets', withLabelSets(40)],
]

describe('the summary in plain words', () => {
  it.each(AUDITS)('has at most 150 words: %s', (_, audit) => {
    const words = summary(wordsFor(audit)).join(' ').split(/\s+/)
    expect(words.length).toBeGreaterThan(15)
    expect(words.length).toBeLessThanOrEqual(MOST_WORDS)
  })

  it('says what was found, for whom, against whom, and how sure that is', () => {
    const audit = exampleAudit()
    const text = summary(wordsFor(audit)).join(' ')
    expect(text).toContain('compares each group with everyone else')
    expect(text).toMatch(
      /Read first: [^;]+, put into “[^”]+”: [\d,]+ of [\d,]+ images; everyone else: [\d,]+ of [\d,]+\./,
    )
    expect(text).toContain('only where chance is an unlikely cause')
    expect(text).not.toMatch(/\d%/) // no rate without its interval
  })

  it('names nothing to read first where no conclusion is drawn', () => {
    expect(summary(wordsFor(incompleteAudit())).join(' ')).not.toContain('Read first')
  })

  it('stands beside what was not measured', () => {
    expect(front(wordsFor(exampleAudit())).limits.join(' ')).toContain('Not measured: disability')
  })
})
