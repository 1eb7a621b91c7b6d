import { describe, expect, it } from 'vitest'
import { readLocale } from '../../../src/audit/report/locale.js'
import { renderHtml, htmlReport } from '../../../src/audit/report/render-html.js'
import { markdownReport, renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { reportViews } from '../../../src/audit/report/report-views.js'
import { exampleAudit } from './example-audit.js'

describe('reportViews', () => {
  const [english, korean] = [readLocale('en'), readLocale('ko')]

  it('makes the view of a language once, whatever prints it', () => {
    const viewIn = reportViews(exampleAudit())
    expect(viewIn(english)).toBe(viewIn(english))
    expect(viewIn(korean)).not.toBe(viewIn(english))
    expect([viewIn(english).view.lang, viewIn(korean).view.lang]).toEqual(['en', 'ko'])
  })

  it('is printed as often as wanted, without a mark of what was printed before', () => {
    const audit = exampleAudit()
    const viewIn = reportViews(audit)
    const print = (): string[] => [htmlReport(viewIn, [english]), markdownReport(viewIn(english))]
    expect(print()).toEqual([renderHtml(audit), renderMarkdown(audit)])
    expect(print()).toEqual([renderHtml(audit), renderMarkdown(audit)])
  })
})
