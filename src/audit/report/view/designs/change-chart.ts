import { scaleLinear } from 'd3-scale'
import type { ChangeRecord } from '../../../types/paired.js'
import { groupByName, groupName, outcomeName, shortened } from '../../names.js'
import type { VerdictKey } from '../../verdict-words.js'
import type { Words } from '../../words.js'
import { axisUnder, percentOfWidth, type ShareAxis } from '../charts/share-axis.js'
import { MOST_CHART_ROWS } from '../dot-chart.js'
import { changeVerdictView } from './change-words.js'
import type { Sides } from './sides.js'

/** Changes as dots with their adjusted intervals about a line at zero, one row per group in the order of the table. Across, everything
 *  is a percentage of the drawing's width; down, in CSS pixels. */
export type ChangeChart = ShareAxis & {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly zero: string
  readonly margin: { readonly x: string; readonly width: string }
  readonly rows: readonly ChangeDot[]
  readonly leftOut: string
}

export type ChangeDot = {
  readonly name: string
  readonly counts: string
  readonly letter: string
  readonly key: VerdictKey
  readonly textY: number
  readonly laneY: number
  readonly laneEndY: number
  readonly middleY: number
  readonly dot: string | null
  readonly from: string | null
  readonly to: string | null
  /** The interval runs on beyond an end of the scale. */
  readonly runsOnLeft: boolean
  readonly runsOnRight: boolean
}

const ROW_HEIGHT = 42
const LANE_TOP = 20
const LANE_HEIGHT = 18
const EDGES = [2, 98] // percent of the width: room for half a dot at both ends
const LONGEST_NAME = 16 // beside "142 → 11 of 470" in a drawing 288 px wide
const ROOM = 1.5 // margins on each side of zero that a chart shows at least

/** The changes of one outcome by one attribute. `margin`: the largest change that does not matter, a share. */
export function changeChart(
  id: string,
  changes: readonly ChangeRecord[],
  { sides, margin }: { readonly sides: Sides; readonly margin: number },
  words: Words,
): ChangeChart {
  const { locale, numbers } = words
  const shown = changes.slice(0, MOST_CHART_ROWS)
  const scale = scaleLinear(domainOf(shown, margin), EDGES).nice(4)
  const [low = 0, high = 1] = scale.domain()
  const place = (share: number): string => percentOfWidth(scale(Math.min(Math.max(share, low), high)))
  const slots = {
    outcome: outcomeName(changes[0]?.outcome ?? '', locale),
    groupBy: groupByName(changes[0]?.groupBy ?? [], locale),
    ...sides,
  }
  const ticks = scale.ticks(4)
  return {
    id,
    title: locale.text('designs.chart.title', slots),
    description: locale.text('designs.chart.description'),
    ...axisUnder(shown.length * ROW_HEIGHT),
    axisLabel: locale.text('designs.chart.axis'),
    zero: place(0),
    margin: { x: place(-margin), width: `${(parseFloat(place(margin)) - parseFloat(place(-margin))).toFixed(1)}%` },
    ticks: ticks.map((tick) => ({
      x: place(tick),
      label: numbers.axisPoints(tick),
      anchor: tick === low ? 'start' : tick === high ? 'end' : 'middle',
    })),
    rows: shown.map((change, i) => changeDot(change, i, { place, low, high }, words)),
    leftOut:
      shown.length < changes.length
        ? locale.text('designs.chart.left-out', {
            shown: numbers.count(shown.length),
            all: numbers.count(changes.length),
          })
        : '',
  }
}

type Axis = { readonly place: (share: number) => string; readonly low: number; readonly high: number }

/** The scale spans the intervals of the groups that are judged, zero and the margin; wider ones of tiny groups run on. */
function domainOf(changes: readonly ChangeRecord[], margin: number): [number, number] {
  const judged = changes.filter(({ verdict }) => verdict.kind !== 'insufficient')
  const ends = judged.flatMap(({ difference }) => difference.adjusted ?? [])
  const dots = changes.flatMap(({ difference }) => difference.value ?? [])
  const room = Math.max(margin * ROOM, 0.001)
  return [Math.min(-room, ...ends, ...dots), Math.max(room, ...ends, ...dots)]
}

function changeDot(change: ChangeRecord, i: number, { place, low, high }: Axis, words: Words): ChangeDot {
  const { difference, rates } = change
  const [first, second] = rates
  const { adjusted, value } = difference
  const { key, letter } = changeVerdictView(change.verdict, words)
  const laneY = i * ROW_HEIGHT + LANE_TOP
  return {
    name: shortened(groupName(change.group, words.locale), LONGEST_NAME),
    counts: words.locale.text('designs.chart.counts', {
      k: words.numbers.count(first.count),
      k2: words.numbers.count(second.count),
      n: words.numbers.count(first.total),
    }),
    letter,
    key,
    textY: i * ROW_HEIGHT + 14,
    laneY,
    laneEndY: laneY + LANE_HEIGHT,
    middleY: laneY + LANE_HEIGHT / 2,
    dot: value === null ? null : place(value),
    from: adjusted === null ? null : place(adjusted[0]),
    to: adjusted === null ? null : place(adjusted[1]),
    runsOnLeft: adjusted !== null && adjusted[0] < low,
    runsOnRight: adjusted !== null && adjusted[1] > high,
  }
}
