import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AuditComparison } from '../types/audit-comparison.js'
import { toComparisonView } from './comparison-view.js'
import { readLocale } from './locale.js'
import { reportFile } from './report-files.js'
import { pageTemplate } from './templates.js'

/** A comparison as one self-contained HTML page without a script: no request, and the same bytes for the same comparison. */
export function renderComparisonHtml(comparison: AuditComparison, locale: 'en' = 'en'): string {
  const words = readLocale(locale)
  const style = ['page.css', 'calibration.css', 'comparison.css']
    .map((name) => readFileSync(reportFile(name), 'utf8').trim())
    .join('\n')
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const page = pageTemplate(words, style, '', 'comparison.hbs')
  return page({ ...toComparisonView(comparison, words), policy })
}
