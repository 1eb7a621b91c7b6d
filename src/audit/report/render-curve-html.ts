import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CurveResult } from '../types/curve.js'
import { toCurveView } from './curve-view.js'
import { curveWords } from './curve-words.js'
import { printMargins } from './print-margins.js'
import { reportFile } from './report-files.js'
import { pageTemplate } from './templates.js'

/** A specification curve as one self-contained HTML page without a script: no request, and the same bytes for the same curve.
 *  Throws when the file names what it does not hold, or the locale lacks a sentence. */
export function renderCurveHtml(curve: CurveResult): string {
  const { locale } = curveWords(curve)
  const view = toCurveView(curve)
  const style = [
    ...['page.css', 'curve.css'].map((name) => readFileSync(reportFile(name), 'utf8').trim()),
    printMargins(view, locale, 'curve.footer'),
  ].join('\n')
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  return pageTemplate(locale, style, '', 'curve.hbs')({ ...view, policy })
}
