import type { Calibration } from '../types/calibration.js'
import { toCalibrationView } from './calibration-view.js'
import { htmlPage } from './html-page.js'
import type { Locale } from './locale.js'
import { localesOf, type ReportOptions } from './report-options.js'

/** A calibration as one self-contained HTML page without a script: no request, and the same bytes for the same calibration. */
export function renderCalibrationHtml(calibration: Calibration, options: ReportOptions = {}): string {
  const [first, ...others] = localesOf(options)
  const part = (locale: Locale) => ({ locale, view: toCalibrationView(calibration, locale) })
  const sheets = ['page.css', 'calibration.css']
  return htmlPage({ template: 'calibration.hbs', sheets, parts: [part(first), ...others.map(part)] })
}
