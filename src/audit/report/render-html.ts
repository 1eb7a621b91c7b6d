import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AuditResult } from '../types/audit.js'
import { readLocale } from './locale.js'
import { printMargins } from './print-margins.js'
import { reportFile } from './report-files.js'
import { pageTemplate } from './templates.js'
import { toView } from './to-view.js'
import { auditLocale } from './words.js'

/** An audit as one self-contained HTML page: no request, complete without its script, and the same bytes for the same audit.
 *  Throws when the audit names a record it does not hold, or the locale lacks a sentence. */
export function renderHtml(audit: AuditResult, locale: 'en' = 'en'): string {
  const words = auditLocale(audit, readLocale(locale))
  const view = toView(audit, words)
  // a page carries only the rules that it has a use for
  const sheets = [
    'page.css',
    ...(view.hasDesigns || view.hasAblations ? ['designs.css'] : []),
    ...(view.probeTables.length > 0 ? ['figures.css'] : []),
  ]
  const rules = sheets.map((sheet) => readFileSync(reportFile(sheet), 'utf8').trim())
  const style = [...rules, printMargins(view, words)].join('\n')
  const script = readFileSync(reportFile('page.js'), 'utf8').trim()
  const page = pageTemplate(words, style, script)
  return page({ ...view, policy: contentSecurityPolicy(style, script) })
}

/** Nothing may be loaded or run but the page's own style and script, known by their hashes. */
function contentSecurityPolicy(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
