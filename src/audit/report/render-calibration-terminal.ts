import type { Calibration } from '../types/calibration.js'
import { toCalibrationView, type CalibrationBlockView, type CalibrationRowView } from './calibration-view.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { wrapped } from './wrapped.js'

const WHERE_WIDTH = 52
const INDENT = '  '

/** The rows of a calibration to read first, in plain text for a terminal; every row is in the HTML page and the JSON file. No colour,
 *  no trailing line end. */
export function renderCalibrationTerminal(calibration: Calibration, options: ReportOptions = {}): string {
  const locale = localeOf(options)
  const view = toCalibrationView(calibration, locale)
  return [
    ...wrapped(view.lead, ''),
    '',
    ...view.facts.flatMap(({ name, value }) => wrapped(`${name}: ${value}`, INDENT)),
    ...view.sections.flatMap(({ title, intro, met, main }) => [
      '',
      title,
      ...intro.flatMap((sentence) => wrapped(sentence, INDENT, INDENT)),
      ...wrapped(met, INDENT),
      ...main.flatMap(blockLines),
    ]),
    '',
    ...wrapped(view.outcome.sentence, ''),
    ...view.missed.flatMap(blockLines),
  ].join('\n')
}

function blockLines({ what, rows }: CalibrationBlockView): string[] {
  return ['', ...wrapped(what, INDENT), ...rows.flatMap(rowLines)]
}

/** Where and at which rate, then measured, its error, the target and whether it is met. A place too long for its column stands on a
 *  line of its own. */
function rowLines({ where: named, measured, error, target, met }: CalibrationRowView): string[] {
  const where = `${INDENT}${INDENT}${named}`
  const figures = `${measured.padStart(11)}  ${error.padEnd(8)} ${target.padEnd(18)} ${met.word}`
  if (where.length <= WHERE_WIDTH) return [`${where.padEnd(WHERE_WIDTH)}${figures}`]
  return [where, `${' '.repeat(WHERE_WIDTH)}${figures}`]
}
