import { renderInstructions } from './report/outputs/render-instructions.js'
import { renderJobSummary } from './report/outputs/render-job-summary.js'
import { renderJunit } from './report/outputs/render-junit.js'
import { renderModelCards } from './report/outputs/render-model-card.js'
import { renderSarif } from './report/outputs/render-sarif.js'
import { renderCsvTables } from './report/render-csv.js'
import { renderHtml } from './report/render-html.js'
import { renderMarkdown } from './report/render-markdown.js'
import { inEachLanguage, type ReportOptions } from './report/report-options.js'
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

/** The files of one format. Throws as the format does: an Error where the audit names a record that it does not hold. */
export function renderReport(audit: AuditResult, format: TextFormat, options: ReportOptions): readonly ReportFile[] {
  switch (format) {
    case 'html':
      return [{ name: 'report.html', text: renderHtml(audit, options) }]
    case 'md':
      return inEachLanguage('report', 'md', options, (own) => renderMarkdown(audit, own))
    case 'csv':
      return renderCsvTables(audit, options)
    case 'junit':
      return [{ name: 'junit.xml', text: renderJunit(audit, options) }]
    case 'sarif':
      return [{ name: 'report.sarif', text: renderSarif(audit, options) }]
    case 'summary':
      return [{ name: 'summary.md', text: renderJobSummary(audit, options) }]
    case 'model-card':
      return renderModelCards(audit, options)
    case 'instructions':
      return [{ name: 'instructions-for-use.md', text: renderInstructions(audit, options) }]
  }
}
