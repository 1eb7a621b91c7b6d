import { scaleLinear } from 'd3-scale'
import { countedText } from '../../locale.js'
import { shortened } from '../../names.js'
import type { Words } from '../../words.js'
import type { RateRow } from '../rate-rows.js'

/** What an audit could not have seen: one bar per group, from the rate of its reference to the smallest true rate that would
 *  probably have been found. Across in percent of the width, down in CSS pixels, as in a dot chart. */
export type GapChart = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly axisY: number
  readonly gridEndY: number
  readonly axisLabel: string
  readonly ticks: readonly { readonly x: string; readonly label: string; readonly anchor: 'start' | 'middle' | 'end' }[]
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
const AXIS_HEIGHT = 44
const EDGES = [1.5, 98.5]
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
  const scale = scaleLinear(
    [0, Math.max(...shown.flatMap((bar) => [bar.referenceRate, bar.detectableRate]))],
    EDGES,
  ).nice(4)
  const end = scale.domain()[1] ?? 1
  const bottom = shown.length * ROW_HEIGHT
  const ticks = scale.ticks(4)
  return {
    id,
    ...captions,
    height: bottom + AXIS_HEIGHT,
    axisY: bottom + 18,
    gridEndY: bottom + 4,
    axisLabel: locale.text('chart.axis'),
    ticks: ticks.map((tick, i) => ({
      x: `${scale(tick).toFixed(1)}%`,
      label: numbers.settingPercent(tick),
      anchor: i === 0 ? 'start' : i === ticks.length - 1 && tick === end ? 'end' : 'middle',
    })),
    rows: shown.map(({ group, referenceRate, detectableRate }, i) => ({
      name: shortened(group, LONGEST_NAME),
      text: locale.text('charts.gap.row', {
        reference: numbers.percent(referenceRate),
        rate: numbers.percent(detectableRate),
      }),
      textY: i * ROW_HEIGHT + 14,
      barY: i * ROW_HEIGHT + BAR_TOP,
      x: `${scale(referenceRate).toFixed(1)}%`,
      // a browser refuses a negative width: a saved audit whose reference lies above what could be found has no bar
      width: `${Math.max(0, scale(detectableRate) - scale(referenceRate)).toFixed(1)}%`,
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
