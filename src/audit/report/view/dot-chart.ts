import { shortened } from '../names.js'
import type { VerdictKey } from '../verdict-words.js'
import type { Words } from '../words.js'
import { percentOfWidth, shareAxis, type ShareAxis } from './charts/share-axis.js'
import type { RateRow } from './rate-rows.js'

/** Dots and intervals, one row per group. Across, everything is a percentage of the drawing's width, so that text keeps its size
 *  on any screen; down, everything is in CSS pixels. */
export type DotChart = ShareAxis & {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly rows: readonly DotRow[]
  /** Said under the chart when it does not show every group; empty otherwise. */
  readonly leftOut: string
}

type Segment = { readonly x: string; readonly width: string }
type DotRow = {
  readonly name: string
  readonly counts: string
  readonly letter: string
  readonly key: VerdictKey
  readonly textY: number
  readonly laneY: number
  readonly middleY: number
  readonly dot: string | null
  readonly from: string | null
  readonly to: string | null
  /** The interval runs on beyond the right end of the scale. */
  readonly runsOn: boolean
  readonly reference: { readonly x: string; readonly y1: number; readonly y2: number } | null
  readonly referenceBand: Segment | null
  readonly marginBand: Segment | null
}

const ROW_HEIGHT = 42
const LANE_TOP = 20
const LANE_HEIGHT = 18
const LONGEST_NAME = 24 // beside the counts in a drawing 288 px wide
export const MOST_CHART_ROWS = 40 // more rows than a screen holds are read in the table

/** A chart of rates by group, highest rate first unless the rows are to stay as given. `captions` are whole sentences. */
export function dotChart(
  id: string,
  rows: readonly RateRow[],
  captions: ChartCaptions,
  words: Words,
  order: 'by-rate' | 'as-given' = 'by-rate',
): DotChart {
  const { locale, numbers } = words
  const ordered = order === 'as-given' ? rows : [...rows].sort((a, b) => sortKey(b) - sortKey(a))
  const shown = ordered.slice(0, MOST_CHART_ROWS)
  const { axis, across, end } = shareAxis(scaleEnd(shown), shown.length * ROW_HEIGHT, words)
  const place = (share: number): string => percentOfWidth(across(Math.min(share, end)))
  return {
    id,
    ...captions,
    ...axis,
    rows: shown.map((row, i) => dotRow(row, i, { place, end })),
    leftOut:
      shown.length < rows.length
        ? locale.text('chart.left-out', { shown: numbers.count(shown.length), all: numbers.count(rows.length) })
        : '',
  }
}

/** By rate, and after all compared groups those that are not compared. */
function sortKey({ verdict, drawn }: RateRow): number {
  return (drawn.rate ?? -1) - (verdict.key === 'none' ? 2 : 0)
}

export type ChartCaptions = { readonly title: string; readonly description: string }

/** The scale ends at the highest bound of a group that is judged; wider intervals of tiny groups run on beyond it. */
function scaleEnd(rows: readonly RateRow[]): number {
  const judged = rows.filter((row) => row.verdict.key !== 'insufficient' && row.verdict.key !== 'none')
  const ends = (judged.length > 0 ? judged : rows).flatMap(({ drawn }) => [
    drawn.interval?.[1] ?? 0,
    drawn.referenceInterval?.[1] ?? 0,
    drawn.rate ?? 0,
  ])
  const rates = rows.map(({ drawn }) => drawn.rate ?? 0)
  return Math.max(...ends, ...rates)
}

type Axis = { readonly place: (share: number) => string; readonly end: number }

function dotRow(row: RateRow, i: number, { place, end }: Axis): DotRow {
  const top = i * ROW_HEIGHT
  const { rate, interval, referenceRate, referenceInterval, margins } = row.drawn
  const laneY = top + LANE_TOP
  return {
    name: shortened(row.group, LONGEST_NAME),
    counts: row.counts,
    letter: row.verdict.letter,
    key: row.verdict.key,
    textY: top + 14,
    laneY,
    middleY: laneY + LANE_HEIGHT / 2,
    dot: rate === null ? null : place(rate),
    from: interval === null ? null : place(interval[0]),
    to: interval === null ? null : place(interval[1]),
    runsOn: interval !== null && interval[1] > end,
    reference: referenceRate === null ? null : { x: place(referenceRate), y1: laneY, y2: laneY + LANE_HEIGHT },
    referenceBand: referenceInterval === null ? null : segment(referenceInterval, place, end),
    marginBand: margins === null ? null : segment(margins, place, end),
  }
}

function segment(
  [low, high]: readonly [number, number],
  place: (share: number) => string,
  end: number,
): Segment | null {
  if (low > end) return null
  const from = place(Math.max(0, low))
  return { x: from, width: `${(parseFloat(place(high)) - parseFloat(from)).toFixed(1)}%` }
}
