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
    expect(rule.match(/"/g)).toHaveLength(2)
  })

  it('repeats the banner for simulated data only', () => {
    expect(printMargins(toView(exampleAudit({ simulated: true })), readLocale('en'))).toContain('@top-center')
    expect(printMargins(toView(exampleAudit()), readLocale('en'))).not.toContain('@top-center')
  })

  it('leaves the margin of the first page to the banner in its text', () => {
    const rule = printMargins(toView(exampleAudit({ simulated: true })), readLocale('en'))
    expect(rule).toMatch(/@page:first\{[^}]*@top-center\{content:none/)
    expect(printMargins(toView(exampleAudit()), readLocale('en'))).not.toContain(':first')
  })
})
