import type { CurveResult } from '../types/curve.js'
import { toCurveView } from './curve-view.js'
import { curveWords } from './curve-words.js'
import { htmlPage } from './html-page.js'
import type { Locale } from './locale.js'
import { printMargins } from './print-margins.js'
import { localesOf, type ReportOptions } from './report-options.js'

/** A specification curve as one self-contained HTML page without a script: no request, and the same bytes for the same curve.
 *  Throws when the file names what it does not hold, or the locale lacks a sentence. */
export function renderCurveHtml(curve: CurveResult, options: ReportOptions = {}): string {
  const [first, ...others] = localesOf(options)
  const part = (given: Locale) => {
    const { locale } = curveWords(curve, given)
    const view = toCurveView(curve, given)
    return { locale, view, margins: printMargins(view, locale, 'curve.footer') }
  }
  const sheets = ['page.css', 'curve.css']
  return htmlPage({ template: 'curve.hbs', sheets, parts: [part(first), ...others.map(part)] })
}
