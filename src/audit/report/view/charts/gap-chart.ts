import { countedText } from '../../locale.js'
import { shortened } from '../../names.js'
import type { Words } from '../../words.js'
import type { RateRow } from '../rate-rows.js'
import { percentOfWidth, shareAxis, type ShareAxis } from './share-axis.js'

/** What an audit could not have seen: one bar per group, from the rate of its reference to the smallest true rate that would
 *  probably have been found. Across in percent of the width, down in CSS pixels, as in a dot chart. */
export type GapChart = ShareAxis & {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly rows: readonly GapRow[]
  /** Groups without a bar, and rows that are left out, in words; may be empty. */
  readonly notes: readonly string[]
}

type GapRow = {
  readonly name: string
  readonly text: string
  readonly textY: number
  readonly barY: number
  readonly x: string
  readonly width: string
}

const ROW_HEIGHT = 34
const BAR_TOP = 19
const LONGEST_NAME = 24
const MOST_ROWS = 20 // the worst are on top; every row is in the table

export type GapCaptions = { readonly title: string; readonly description: string }

/** The chart of one outcome by one `groupBy`, widest blind spot first; null where no group has a smallest rate that could be found. */
export function gapChart(id: string, rows: readonly RateRow[], captions: GapCaptions, words: Words): GapChart | null {
  const { locale, numbers } = words
  const bars = rows
    .flatMap(({ group, drawn: { referenceRate, detectableRate } }) =>
      referenceRate === null || detectableRate === null ? [] : [{ group, referenceRate, detectableRate }],
    )
    .sort((a, b) => b.detectableRate - a.detectableRate)
  if (bars.length === 0) return null
  const shown = bars.slice(0, MOST_ROWS)
  const highest = Math.max(...shown.flatMap((bar) => [bar.referenceRate, bar.detectableRate]))
  const { axis, across } = shareAxis(highest, shown.length * ROW_HEIGHT, words)
  return {
    id,
    ...captions,
    ...axis,
    rows: shown.map(({ group, referenceRate, detectableRate }, i) => ({
      name: shortened(group, LONGEST_NAME),
      text: locale.text('charts.gap.row', {
        reference: numbers.percent(referenceRate),
        rate: numbers.percent(detectableRate),
      }),
      textY: i * ROW_HEIGHT + 14,
      barY: i * ROW_HEIGHT + BAR_TOP,
      x: percentOfWidth(across(referenceRate)),
      // a browser refuses a negative width: a saved audit whose reference lies above what could be found has no bar
      width: percentOfWidth(Math.max(0, across(detectableRate) - across(referenceRate))),
    })),
    notes: notesOf({ rows: rows.length, bars: bars.length, shown: shown.length }, words),
  }
}

type Numbered = { readonly rows: number; readonly bars: number; readonly shown: number }

function notesOf({ rows, bars, shown }: Numbered, { locale, numbers }: Words): string[] {
  const without = rows - bars
  return [
    ...(shown < bars
      ? [locale.text('charts.gap.left-out', { shown: numbers.count(shown), all: numbers.count(bars) })]
      : []),
    ...(without > 0 ? [countedText(locale, 'charts.gap.without', without, { groups: numbers.count(without) })] : []),
  ]
}
