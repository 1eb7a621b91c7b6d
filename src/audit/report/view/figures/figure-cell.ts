import type { Figure, FigureUnit, OwnFigure, PrintedFigure } from '../../../types/figures.js'
import { printable } from '../../names.js'
import { reasonText } from '../../reason-text.js'
import type { Words } from '../../words.js'

/** One figure of a table as text: the figure itself, what stands under it, and the status of a published one. */
export type FigureCell = {
  readonly text: string
  readonly interval: string
  readonly counts: string
  readonly chance: string
  readonly status: string
  /** For styling: a figure of ours, one from a publication, none, or a place that stays blank. */
  readonly kind: 'own' | 'printed' | 'none' | 'blank'
}

const NOTHING = { interval: '', counts: '', chance: '', status: '' }

/** Prints one figure in the unit of its column. */
export function figureCell(figure: Figure, unit: FigureUnit, words: Words): FigureCell {
  switch (figure.kind) {
    case 'blank':
      return { ...NOTHING, text: '', kind: 'blank' }
    case 'printed':
      return { ...NOTHING, text: printedText(figure, unit, words), status: statusText(figure, words), kind: 'printed' }
    case 'own':
      return ownCell(figure, unit, words)
  }
}

function ownCell(figure: OwnFigure, unit: FigureUnit, words: Words): FigureCell {
  const { numbers } = words
  const { count, total } = figure
  const counts = count === undefined || total === undefined ? '' : numbers.ofTotal(count, total)
  if (figure.value === null) {
    const text = figure.reason === undefined ? '' : reasonText(figure.reason, 'figures', words)
    return { ...NOTHING, text, counts, kind: 'none' }
  }
  return {
    text: valueText(figure.value, unit, words),
    interval: intervalText(figure, unit, words),
    counts,
    chance: chanceText(figure, unit, words),
    status: '',
    kind: 'own',
  }
}

/** A number in the unit of its column. */
export function valueText(value: number, unit: FigureUnit, { numbers }: Words): string {
  switch (unit) {
    case 'share':
      return numbers.percent(value)
    case 'points':
      return numbers.points(value)
    case 'count':
      return numbers.count(value)
    case 'p':
      return numbers.pValue(value)
    case 'number':
      return numbers.significant(value)
  }
}

/** A place on an axis: no digits that say nothing. */
export function tickText(value: number, unit: FigureUnit, { numbers }: Words): string {
  if (unit === 'share') return numbers.settingPercent(value)
  return unit === 'points' ? numbers.axisPoints(value) : numbers.plain(Number(value.toFixed(9)))
}

function intervalText({ interval, intervalReason, method }: OwnFigure, unit: FigureUnit, words: Words): string {
  if (intervalReason !== undefined)
    return words.locale.text('figures.no-interval', { reason: reasonText(intervalReason, 'figures', words) })
  if (interval === undefined || interval === null) return ''
  const { locale } = words
  const [low, high] = interval
  if (high === null) return locale.text('figures.open-interval', { low: valueText(low, unit, words) })
  const id = method === 'range' ? 'figures.range' : 'figures.interval'
  return locale.text(id, { low: valueText(low, unit, words), high: valueText(high, unit, words) })
}

function chanceText({ chance }: OwnFigure, unit: FigureUnit, words: Words): string {
  if (chance === undefined) return ''
  const { locale, numbers } = words
  const p = numbers.pValue(chance.p)
  if (chance.percentile95 === null || chance.centre === null) return locale.text('figures.chance-p', { p })
  const slots = { centre: valueText(chance.centre, unit, words), high: valueText(chance.percentile95, unit, words), p }
  return locale.text('figures.chance', slots)
}

function printedText({ text }: PrintedFigure, unit: FigureUnit, { locale }: Words): string {
  return unit === 'share' || unit === 'points'
    ? locale.text('numbers.percent', { value: printable(text) })
    : printable(text)
}

function statusText({ status }: PrintedFigure, { locale }: Words): string {
  return status === null ? locale.text('figures.status.simulated') : locale.text(`figures.status.${status}`)
}

/** The letter of a series in a drawing and in its legend. */
export function seriesMark(series: number): string {
  return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(series)
}
