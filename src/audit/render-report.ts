import { inEachLanguage, localeOf, localesOf, type ReportOptions } from './report/report-options.js'
import { reportViews } from './report/report-views.js'
import type { AuditResult } from './types/audit.js'

/** What an audit can be written as; docs/outputs.md has them in one table. */
export const REPORT_FORMATS = [
  'html',
  'md',
  'csv',
  'pdf',
  'junit',
  'sarif',
  'summary',
  'model-card',
  'instructions',
] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** Formats that are text; a PDF is printed from the HTML by a browser. */
export type TextFormat = Exclude<ReportFormat, 'pdf'>

/** What is written where nothing is asked for. */
export const USUAL_FORMATS = ['html', 'md', 'csv'] as const satisfies readonly TextFormat[]

/** Files of a report that text makes up. */
export type ReportFile = { readonly name: string; readonly text: string }

/** The files of one format, whose code is loaded with it. `viewIn` is handed from format to format, so that what several print is put into words once.
 *  Throws as the format does: an Error where the audit names a record that it does not hold. */
export async function renderReport(
  audit: AuditResult,
  format: TextFormat,
  options: ReportOptions,
  viewIn = reportViews(audit, options),
): Promise<readonly ReportFile[]> {
  switch (format) {
    case 'html': {
      const { htmlReport } = await import('./report/render-html.js')
      return [{ name: 'report.html', text: htmlReport(viewIn, localesOf(options)) }]
    }
    case 'md': {
      const { markdownReport } = await import('./report/render-markdown.js')
      return inEachLanguage('report', 'md', options, (own) => markdownReport(viewIn(localeOf(own))))
    }
    case 'csv': {
      const { renderCsvTables } = await import('./report/render-csv.js')
      return renderCsvTables(audit, options)
    }
    case 'junit': {
      const { renderJunit } = await import('./report/outputs/render-junit.js')
      return [{ name: 'junit.xml', text: renderJunit(audit, options) }]
    }
    case 'sarif': {
      const { renderSarif } = await import('./report/outputs/render-sarif.js')
      return [{ name: 'report.sarif', text: renderSarif(audit, options) }]
    }
    case 'summary': {
      const { renderJobSummary } = await import('./report/outputs/render-job-summary.js')
      return [{ name: 'summary.md', text: renderJobSummary(audit, options) }]
    }
    case 'model-card': {
      const { renderModelCards } = await import('./report/outputs/render-model-card.js')
      return renderModelCards(audit, options)
    }
    case 'instructions': {
      const { renderInstructions } = await import('./report/outputs/render-instructions.js')
      return [{ name: 'instructions-for-use.md', text: renderInstructions(audit, options) }]
    }
  }
}
