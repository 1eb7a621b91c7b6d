import type { CurveRecord } from '../../../types/curve.js'
import {
  isMirrored,
  isTooSmall,
  questions,
  specificationsText,
  type CurveWords,
  type Question,
} from '../../curve-words.js'
import { groupName } from '../../names.js'
import { countTexts, questionSlots } from './answers.js'
import { factorLanes, verdictLanes, type FactorLanes, type VerdictLane } from './lanes.js'
import { frameOf, MOST_SMALL_COLUMNS, orderOf, plot, type Order, type Plot } from './plot.js'
import { plotScale, type PlotScale } from './plot-scale.js'
import { specificationTable, type SpecificationTable } from './specification-table.js'

/** The curves of one question: the group with the largest median difference with its choices, the others small, and all numbers. */
export type Curves = {
  readonly id: string
  readonly heading: string
  readonly main: MainCurve | null
  readonly small: readonly SmallCurve[]
  /** Said where the small curves do not draw every specification. */
  readonly smallNote: string
  readonly mirror: string
  /** Said where nothing can be drawn, or not all is drawn. */
  readonly notes: readonly string[]
  readonly table: SpecificationTable
}

export type CurveDrawing = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly plot: Plot
  readonly ticks: readonly { readonly y: number; readonly label: string }[]
  /** Words in the corners that an ascending curve leaves free; empty in a small drawing. */
  readonly corners: { readonly more: string; readonly less: string } | null
  readonly asWritten: AsWritten | null
}

export type MainCurve = CurveDrawing & {
  readonly caption: string
  readonly verdicts: readonly VerdictLane[]
  readonly factors: readonly FactorLanes[]
  /** Where the rows under the curve start and end, as their viewBox. */
  readonly lane: string
}

export type SmallCurve = CurveDrawing & { readonly group: string; readonly counts: string }

/** A line through the column of the label set as written, and its words. */
type AsWritten = {
  readonly line: string
  readonly laneLine: string
  readonly x: string
  readonly dx: number
  readonly y: number
  readonly anchor: 'start' | 'end'
  readonly label: string
}

const MAIN_HEIGHT = 280
const SMALL_HEIGHT = 100

/** All curves, question by question. */
export function curves(words: CurveWords): Curves[] {
  return questions(words).map((question) => {
    const [lead, ...others] = question.records
    const margin = words.curve.facts.policy.margin.difference
    const scale = plotScale(question.records, margin, MAIN_HEIGHT)
    const smallScale = plotScale(others, margin, SMALL_HEIGHT) // their own, or one large curve would flatten them all
    const main = lead === undefined || scale === null ? null : mainCurve(question, lead, scale, words)
    const drawn = smallScale === null || isMirrored(question) ? [] : others
    return {
      id: question.id,
      heading: words.locale.text('curve.heading', questionSlots(question, words.locale)),
      main,
      small: drawn.flatMap((record, i) =>
        smallScale === null
          ? []
          : smallCurve(
              question,
              record,
              { scale: smallScale, id: `${question.id}-s${i}`, order: orderOf(record, MOST_SMALL_COLUMNS) },
              words,
            ),
      ),
      smallNote: smallNote(drawn, words),
      mirror: isMirrored(question) ? words.locale.text('curve.answer.mirror') : '',
      notes: lead === undefined || main === null ? [words.locale.text('curve.chart.none')] : notes(lead, words),
      table: specificationTable(question, words),
    }
  })
}

function notes(record: CurveRecord, { locale, numbers }: CurveWords): string[] {
  const { drawn, all } = orderOf(record)
  const missing = record.differences.length - all
  return [
    ...(missing > 0 ? [locale.text('curve.chart.no-images', { count: numbers.count(missing) })] : []),
    ...(drawn.length < all
      ? [locale.text('curve.chart.thinned', { shown: numbers.count(drawn.length), all: numbers.count(all) })]
      : []),
  ]
}

function smallNote(records: readonly CurveRecord[], { locale, numbers }: CurveWords): string {
  const all = Math.max(0, ...records.map((record) => orderOf(record).all))
  if (all <= MOST_SMALL_COLUMNS) return ''
  return locale.text('curve.chart.thinned-small', {
    shown: numbers.count(MOST_SMALL_COLUMNS),
    all: numbers.count(all),
  })
}

function drawing(
  question: Question,
  record: CurveRecord,
  { scale, id, order }: Place,
  words: CurveWords,
): CurveDrawing {
  const { locale, numbers, curve } = words
  const drawn = plot(record, order, scale, curve.facts.policy.margin.difference)
  const verdicts = locale.text('curve.answer.bar-text', countTexts(record, words))
  return {
    id,
    title: locale.text('curve.chart.plot', {
      ...questionSlots(question, words.locale),
      group: groupName(record.group, locale),
      specifications: specificationsText(order.all, words),
    }),
    description: locale.text('curve.chart.description', { verdicts }),
    plot: drawn,
    ticks: drawn.ticks.map(({ y, share }) => ({ y, label: numbers.axisPoints(share) })),
    corners: null,
    asWritten: null,
  }
}

type Place = { readonly scale: PlotScale; readonly id: string; readonly order: Order }

function mainCurve(question: Question, record: CurveRecord, scale: PlotScale, words: CurveWords): MainCurve {
  const order = orderOf(record)
  const { columns, left } = frameOf(order)
  const { facts } = words.curve
  return {
    ...drawing(question, record, { scale, id: `${question.id}-main`, order }, words),
    corners: { more: words.locale.text('curve.chart.more'), less: words.locale.text('curve.chart.less') },
    caption: words.locale.text('curve.chart.heading', {
      ...questionSlots(question, words.locale),
      group: groupName(record.group, words.locale),
    }),
    verdicts: verdictLanes(record, order, words),
    factors: factorLanes(facts, order, words),
    lane: `${left} 0 ${columns} 12`,
    asWritten: asWritten(record, order, scale, words),
  }
}

/** A line through the column of the label set as written, with its difference beside it: below it where the curve is high, and above
 *  where it is low. */
function asWritten(record: CurveRecord, order: Order, scale: PlotScale, words: CurveWords): AsWritten | null {
  const { asWritten: index } = words.curve.facts
  const difference = index === null ? null : (record.differences[index] ?? null)
  if (index === null || difference === null) return null
  const exact = order.drawn.indexOf(index)
  // a thinned chart may lack this very column: the line then stands where it would be
  const column = exact !== -1 ? exact : order.drawn.findIndex((i) => (record.differences[i] ?? 0) >= difference)
  const { columns, left } = frameOf(order)
  const share = (column - left) / columns
  const isRight = share > 0.5
  return {
    line: `M${column} 0V${scale.height}`,
    laneLine: `M${column} 0V12`,
    x: `${(share * 100).toFixed(2)}%`,
    y: isRight ? scale.height - 34 : 40,
    dx: isRight ? -6 : 6,
    anchor: isRight ? 'end' : 'start',
    label: words.locale.text('curve.chart.as-written', { points: words.numbers.points(difference) }),
  }
}

function smallCurve(question: Question, record: CurveRecord, place: Place, words: CurveWords): SmallCurve[] {
  if (record.quartiles === null) return []
  return [
    {
      ...drawing(question, record, place, words),
      group: groupName(record.group, words.locale),
      counts: words.locale.text(
        isTooSmall(record) ? 'curve.chart.small-few' : 'curve.chart.small',
        countTexts(record, words),
      ),
    },
  ]
}
