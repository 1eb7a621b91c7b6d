import type { CurveRecord } from '../../../types/curve.js'
import { questions, type CurveWords, type Question } from '../../curve-words.js'
import { groupName, printable } from '../../names.js'
import { questionSlots } from './answers.js'

/** Which choices the differences of one question go along with, group by group. */
export type Choices = {
  readonly id: string
  readonly heading: string
  readonly lead: string
  readonly caption: string
  readonly factors: readonly string[]
  readonly rows: readonly ChoiceRow[]
  /** Said where ranges stand in place of shares. */
  readonly rangesNote: string
}

export type ChoiceRow = {
  readonly group: string
  readonly spread: string
  readonly cells: readonly ChoiceCell[]
  /** Said in place of the cells. */
  readonly reason: string
}

/** A written share, with a bar as wide as itself; null where there is none to draw. */
export type ChoiceCell = { readonly text: string; readonly bar: string | null }

/** Every question with its choices; none where the grid holds one specification. */
export function choices(words: CurveWords): Choices[] {
  if (words.curve.facts.specifications.length < 2) return []
  const factors = words.curve.facts.factors.map(({ id }) => printable(id))
  return questions(words)
    .filter(({ records }) => records.length > 0)
    .map((question) => ({
      id: `choices-${question.id}`,
      heading: words.locale.text('curve.heading', questionSlots(question, words.locale)),
      lead: leadSentence(question, words),
      caption: words.locale.text(
        `curve.choices.caption-${hasRanges(question) ? 'ranges' : 'shares'}`,
        questionSlots(question, words.locale),
      ),
      factors: [...factors, words.locale.text('curve.choices.rest')],
      rows: question.records.map((record) => choiceRow(record, words)),
      rangesNote: hasRanges(question) ? words.locale.text('curve.choices.ranges-note') : '',
    }))
}

function hasRanges({ records }: Question): boolean {
  return records.some(({ ranges }) => ranges !== undefined)
}

/** The factor with the largest share, for the group with the largest median difference; empty where no shares are given. */
function leadSentence(question: Question, { curve, locale, numbers }: CurveWords): string {
  const [record] = question.records
  if (record === undefined || record.variance === null || record.lowest === null || record.highest === null) return ''
  const { factors } = record.variance
  const largest = factors.reduce((best, share, f) => (share > (factors[best] ?? 0) ? f : best), 0)
  return locale.text('curve.choices.lead', {
    ...questionSlots(question, locale),
    group: groupName(record.group, locale),
    factor: printable(curve.facts.factors[largest]?.id ?? ''),
    share: numbers.percent(factors[largest] ?? 0),
    lowest: numbers.points(record.lowest),
    highest: numbers.points(record.highest),
  })
}

function choiceRow(record: CurveRecord, { locale, numbers }: CurveWords): ChoiceRow {
  const { variance, ranges, lowest, highest } = record
  const row = {
    group: groupName(record.group, locale),
    spread: lowest === null ? locale.text('curve.answer.none') : numbers.pointsRange([lowest, highest]),
  }
  if (variance !== null) {
    const cells = [...variance.factors, variance.rest].map((share) => ({
      text: numbers.percent(written(share)),
      bar: `${(Math.max(0, written(share)) * 100).toFixed(1)}%`,
    }))
    return { ...row, cells, reason: '' }
  }
  if (ranges !== undefined) {
    const cells = ranges.map((range) => ({
      text: locale.text('curve.choices.range-cell', { points: numbers.points(range) }),
      bar: null,
    }))
    return { ...row, cells: [...cells, { text: locale.text('curve.answer.none'), bar: null }], reason: '' }
  }
  return { ...row, cells: [], reason: locale.text(`curve.choices.reasons.${record.varianceReason ?? 'no-images'}`) }
}

/** Sums of squares leave specks such as 1e-17, and below zero: what is under a hundredth of a percent is written as zero. */
function written(share: number): number {
  return Math.abs(share) < 1e-4 ? 0 : share
}
