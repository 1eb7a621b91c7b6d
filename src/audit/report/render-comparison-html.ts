import type { AuditComparison } from '../types/audit-comparison.js'
import { toComparisonView } from './comparison-view.js'
import { htmlPage } from './html-page.js'
import type { Locale } from './locale.js'
import { localesOf, type ReportOptions } from './report-options.js'

/** A comparison as one self-contained HTML page without a script: no request, and the same bytes for the same comparison. */
export function renderComparisonHtml(comparison: AuditComparison, options: ReportOptions = {}): string {
  const [first, ...others] = localesOf(options)
  const part = (locale: Locale) => ({ locale, view: toComparisonView(comparison, locale) })
  const sheets = ['page.css', 'calibration.css', 'comparison.css']
  return htmlPage({ template: 'comparison.hbs', sheets, parts: [part(first), ...others.map(part)] })
}
