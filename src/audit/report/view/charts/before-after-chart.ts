import type { ComparedFinding, ComparedSide } from '../../../types/audit-comparison.js'
import type { Locale } from '../../locale.js'
import { fullGroupName, outcomeName, shortened } from '../../names.js'
import type { NumberWords } from '../../numbers.js'
import { percentOfWidth, shareAxis, type ShareAxis } from './share-axis.js'

/** Rates before and after, two lines a finding: a ring and a dot, each with its interval. Across in percent of the width, down in CSS
 *  pixels. The table below has the same numbers. */
export type BeforeAfterChart = ShareAxis & {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly rows: readonly {
    readonly name: string
    readonly text: string
    readonly textY: number
    readonly countsY: number
    readonly before: Mark | null
    readonly after: Mark | null
  }[]
  readonly leftOut: string
}

type Mark = { readonly x: string; readonly from: string; readonly to: string; readonly y: number }

const ROW_HEIGHT = 64 // name, counts under it so that both fit 320 pixels, and two lines of marks
const LONGEST_NAME = 34
const MOST_ROWS = 15 // the worst are on top; every row is in the table

type ChartWords = { readonly locale: Locale; readonly numbers: NumberWords }

/** The chart of one class of findings, in their order; null where no finding has a rate. */
export function beforeAfterChart(
  id: string,
  what: string,
  findings: readonly ComparedFinding[],
  { locale, numbers }: ChartWords,
): BeforeAfterChart | null {
  const drawn = findings.filter(({ first, second }) => rateOf(first) !== null || rateOf(second) !== null)
  if (drawn.length === 0) return null
  const shown = drawn.slice(0, MOST_ROWS)
  const ends = shown.flatMap(({ first, second }) =>
    [first, second].flatMap((side) => [rateOf(side) ?? 0, side?.interval?.[1] ?? 0]),
  )
  const { axis, across } = shareAxis(Math.max(...ends), shown.length * ROW_HEIGHT, { locale, numbers })
  const place = (share: number): string => percentOfWidth(across(share))
  const mark = (side: ComparedSide | null, y: number): Mark | null => {
    const rate = rateOf(side)
    if (rate === null) return null
    const [low, high] = side?.interval ?? [rate, rate]
    return { x: place(rate), from: place(low), to: place(high), y }
  }
  const written = (side: ComparedSide | null): string => {
    const rate = rateOf(side)
    if (side === null || rate === null) return locale.text('comparison.not-asked')
    return locale.text('charts.compared.side', {
      counts: numbers.ofTotal(side.count, side.total),
      rate: numbers.percent(rate),
    })
  }
  return {
    id,
    title: locale.text('charts.compared.title', { change: what }),
    description: locale.text('charts.compared.description'),
    ...axis,
    rows: shown.map(({ group, outcome, first, second }, i) => ({
      name: shortened(
        locale.text('charts.compared.name', {
          group: fullGroupName(group, locale),
          outcome: outcomeName(outcome, locale),
        }),
        LONGEST_NAME,
      ),
      text: locale.text('charts.compared.row', { before: written(first), after: written(second) }),
      textY: i * ROW_HEIGHT + 14,
      countsY: i * ROW_HEIGHT + 30,
      before: mark(first, i * ROW_HEIGHT + 41),
      after: mark(second, i * ROW_HEIGHT + 52),
    })),
    leftOut:
      shown.length < drawn.length
        ? locale.text('charts.compared.left-out', {
            shown: numbers.count(shown.length),
            all: numbers.count(drawn.length),
          })
        : '',
  }
}

function rateOf(side: ComparedSide | null): number | null {
  return side === null || side.total === 0 ? null : side.count / side.total
}
