import { describe, expect, it } from 'vitest'
import { method } from '../../../../src/audit/report/view/method.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { AuditResult } from '../../../../src/audit/types/audit.js'
import { exampleAudit } from '../example-audit.js'
import { auditUnderHolm, auditWithSubjects } from '../variants.js'

const said = (audit: AuditResult): string => method(wordsFor(audit)).paragraphs.join('\n')

describe('method', () => {
  it('says how a family is corrected', () => {
    expect(said(exampleAudit())).toContain('each adjusted interval has the error level 0.05 / m (Bonferroni)')
    expect(said(exampleAudit())).not.toContain('Holm')
    expect(said(auditUnderHolm())).toContain('is tested at 0.05 / m, the next at 0.05 / (m − 1), and so on')
    expect(said(auditUnderHolm())).toContain('Within margin is always claimed at 0.05 / m.')
    expect(said(auditUnderHolm())).not.toContain('Bonferroni')
  })

  it('calls all comparisons exploratory and says what q and label errors are', () => {
    expect(said(exampleAudit())).toContain('All comparisons are exploratory')
    expect(said(exampleAudit())).toContain('No verdict rests on q.')
    expect(said(exampleAudit())).toContain('they can hide a disparity, not make one')
  })

  it('prints the largest design effect with its group and outcome, where subjects are known', () => {
    const audit = auditWithSubjects()
    const largest = audit.derived.rates[7]
    expect(said(audit)).toContain(`The largest design effect is 2.3: race unknown, “${largest?.outcome ?? ''}”.`)
    expect(said(audit)).toContain('have at least 30 images on both sides')
    expect(said(exampleAudit())).not.toContain('design effect')
    expect(said(exampleAudit())).toContain('have at least 30 images on both sides')
  })

  it('names a reference that has the largest design effect', () => {
    const audit = auditWithSubjects()
    const at = (isOverall: boolean) => {
      const rates = audit.derived.rates.map(({ restOf, ...rate }, i) =>
        i === 8 ? { ...rate, designEffect: 3, ...(isOverall || restOf === undefined ? {} : { restOf }) } : rate,
      )
      return said({ ...audit, derived: { ...audit.derived, rates } })
    }
    expect([at(false), at(true)].map((text) => /effect is 3.0: ([^,]+),/.exec(text)?.[1])).toEqual([
      'everyone else',
      'all images',
    ])
  })
})
