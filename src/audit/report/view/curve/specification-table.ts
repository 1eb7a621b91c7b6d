import type { CurveRecord } from '../../../types/curve.js'
import { countedText } from '../../locale.js'
import { shapeOf, type CurveWords, type Question } from '../../curve-words.js'
import { groupName } from '../../names.js'
import { verdictOfKey } from '../../verdict-words.js'
import { questionSlots } from './answers.js'

/** The numbers behind the curves of one question: a row per specification in the order of the grid, a column per group. */
export type SpecificationTable = {
  readonly id: string
  readonly summary: string
  readonly caption: string
  readonly groups: readonly string[]
  readonly rows: readonly { readonly number: string; readonly cells: readonly SpecificationCell[] }[]
  /** Said where the table does not hold all specifications. */
  readonly thinned: string
  /** Too long for paper. */
  readonly isLong: boolean
}

export type SpecificationCell = { readonly difference: string; readonly interval: string; readonly letter: string }

const MOST_CELLS = 27_000 // of all tables of a page, which stays under 3 MB with them
const LONGEST_ON_PAPER = 200

/** The table behind the curves of one question. */
export function specificationTable(question: Question, words: CurveWords): SpecificationTable {
  const { locale, numbers, curve } = words
  const { specifications, asWritten } = curve.facts
  const step = Math.max(1, Math.ceil((specifications.length * curve.derived.records.length) / MOST_CELLS))
  const shown = specifications.map((_, i) => i).filter((i) => i % step === 0)
  const slots = { ...questionSlots(question, words.locale), count: numbers.count(specifications.length) }
  return {
    id: `${question.id}-table`,
    summary: countedText(locale, 'curve.table.summary', specifications.length, slots),
    caption: locale.text('curve.table.caption', slots),
    groups: question.records.map(({ group }) => groupName(group, locale)),
    rows: shown.map((i) => ({
      number: locale.text(i === asWritten ? 'curve.table.as-written' : 'curve.table.number', {
        number: numbers.count(i + 1),
      }),
      cells: question.records.map((record) => cell(record, i, words)),
    })),
    thinned:
      step === 1
        ? ''
        : locale.text('curve.table.thinned', {
            shown: numbers.count(shown.length),
            all: numbers.count(specifications.length),
            step: numbers.count(step),
          }),
    isLong: shown.length > LONGEST_ON_PAPER,
  }
}

function cell({ differences, intervals, verdicts }: CurveRecord, i: number, words: CurveWords): SpecificationCell {
  const { locale, numbers } = words
  const difference = differences[i] ?? null
  const interval = intervals[i] ?? null
  return {
    difference: difference === null ? locale.text('curve.table.cell-none') : numbers.points(difference),
    interval: interval === null ? '' : numbers.pointsRange(interval),
    letter: verdictOfKey(shapeOf(verdicts[i]), words).letter,
  }
}
