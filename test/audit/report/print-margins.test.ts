import { describe, expect, it } from 'vitest'
import { readLocale } from '../../../src/audit/report/locale.js'
import { printMargins } from '../../../src/audit/report/print-margins.js'
import { toView } from '../../../src/audit/report/to-view.js'
import { exampleAudit } from './example-audit.js'

describe('printMargins', () => {
  it('lets no character of an audit id end the string it stands in', () => {
    const audit = { ...exampleAudit(), auditId: '"}</style><script>alert(1)</script>' }
    const rule = printMargins(toView(audit), readLocale('en'))
    expect(rule).not.toMatch(/<|script>/)
    expect(rule.match(/"/g)).toHaveLength(4) // the draft mark and the footer
  })

  it('repeats the banner for simulated data only', () => {
    expect(printMargins(toView(exampleAudit({ simulated: true })), readLocale('en'))).toContain('@top-center')
    expect(printMargins(toView(exampleAudit()), readLocale('en'))).not.toContain('@top-center')
  })

  it('says draft at the head of every page, beside the banner where there is one', () => {
    const plain = printMargins(toView(exampleAudit()), readLocale('en'))
    expect(plain).toContain('@top-right{content:"Draft"')
    const simulated = printMargins(toView(exampleAudit({ simulated: true })), readLocale('en'))
    expect(simulated).toContain('@top-center{content:"Draft')
    expect(simulated).not.toContain('@top-right')
  })

  it('leaves the margin of the first page to the banner in its text', () => {
    const rule = printMargins(toView(exampleAudit({ simulated: true })), readLocale('en'))
    expect(rule).toMatch(/@page:first\{[^}]*@top-center\{content:none/)
    expect(printMargins(toView(exampleAudit()), readLocale('en'))).not.toContain(':first')
  })
})
