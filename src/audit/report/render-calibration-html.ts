import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Calibration } from '../types/calibration.js'
import { toCalibrationView } from './calibration-view.js'
import { readLocale } from './locale.js'
import { reportFile } from './report-files.js'
import { pageTemplate } from './templates.js'

/** A calibration as one self-contained HTML page without a script: no request, and the same bytes for the same calibration. */
export function renderCalibrationHtml(calibration: Calibration, locale: 'en' = 'en'): string {
  const words = readLocale(locale)
  const style = ['page.css', 'calibration.css'].map((name) => readFileSync(reportFile(name), 'utf8').trim()).join('\n')
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const page = pageTemplate(words, style, '', 'calibration.hbs')
  return page({ ...toCalibrationView(calibration, words), policy })
}
