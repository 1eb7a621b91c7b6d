import type { AuditResult } from '../types/audit.js'
import { htmlPage, type PagePart } from './html-page.js'
import type { Locale } from './locale.js'
import { printMargins } from './print-margins.js'
import { localesOf, type ReportOptions } from './report-options.js'
import { reportViews, type ReportViews } from './report-views.js'

/** An audit as one self-contained HTML page: no request, complete without its script, and the same bytes for the same audit. Several
 *  languages give one page that holds the whole report in each. Throws when the audit names a record it does not hold, a language is
 *  unknown, or it lacks a sentence. */
export function renderHtml(audit: AuditResult, options: ReportOptions = {}): string {
  return htmlReport(reportViews(audit, options), localesOf(options))
}

/** The same of views, in these languages. */
export function htmlReport(viewIn: ReportViews, [first, ...others]: readonly [Locale, ...Locale[]]): string {
  const part = (given: Locale) => {
    const { locale, view } = viewIn(given)
    return { locale, view, margins: printMargins(view, locale) } satisfies PagePart
  }
  const own = part(first)
  const { view } = own
  // a page carries only the rules that it has a use for
  const sheets = [
    'page.css',
    'signoff.css',
    'charts.css',
    ...(view.hasDesigns || view.hasAblations ? ['designs.css'] : []),
    ...(view.probeTables.length > 0 ? ['figures.css'] : []),
  ]
  return htmlPage({ template: 'page.hbs', sheets, script: 'page.js', parts: [own, ...others.map(part)] })
}
