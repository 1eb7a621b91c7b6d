import { scaleLinear } from 'd3-scale'
import type { FigureTable } from '../../../types/figures.js'
import { shortened } from '../../names.js'
import type { Words } from '../../words.js'
import type { Drawn } from './bar-chart.js'
import { seriesMark, tickText } from './figure-cell.js'
import { ownRows, ownValue } from './own-figures.js'

/** One line a row over the columns. Lines are drawn in a box of 100 across that is stretched over the width; text is placed in percent
 *  across and CSS pixels down, and keeps its size on any screen. */
export type LineChart = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly ticksY: readonly { readonly y: string; readonly textY: string; readonly label: string }[]
  readonly ticksX: readonly { readonly x: string; readonly label: string }[]
  readonly lines: readonly {
    readonly name: string
    readonly series: number
    /** Stands at the end of the line and before its name, so that no colour is needed. */
    readonly mark: string
    readonly path: string
    readonly endX: string
    readonly endY: string
  }[]
}

const HEIGHT = 300
const LEFT = 3 // percent
const RIGHT = 94
const TOP = 18
const BOTTOM = 270
const MOST_LINES = 8 // more cannot be told apart
const MOST_TICKS = 7
const LONGEST_NAME = 18

/** null where fewer than two columns, or no line, have values, or all of them are 0. */
export function lineChart(table: FigureTable, { id, title, columns, names }: Drawn, words: Words): LineChart | null {
  const places = columns.map((_, place) => place)
  const rows = ownRows(table).slice(0, MOST_LINES)
  const values = rows.flatMap(({ row }) => places.flatMap((column) => ownValue(row, column)?.value ?? []))
  if (places.length < 2 || values.length < 2 || values.every((value) => value === 0)) return null
  const unit = table.columns[0]?.unit ?? 'number'
  const across = scaleLinear([0, places.length - 1], [LEFT, RIGHT])
  const up = scaleLinear([Math.min(0, ...values), Math.max(...values, 1e-9)], [BOTTOM, TOP]).nice(4)
  const step = Math.ceil(places.length / MOST_TICKS)
  return {
    id,
    title,
    description: words.locale.text('charts.figures.description'),
    height: HEIGHT,
    ticksY: up.ticks(4).map((tick) => ({
      y: up(tick).toFixed(1),
      textY: (up(tick) - 4).toFixed(1),
      label: tickText(tick, unit, words),
    })),
    ticksX: places
      .filter((place) => place % step === 0)
      .map((place) => ({ x: `${across(place).toFixed(1)}%`, label: columns[place] ?? '' })),
    lines: rows.flatMap(({ row, place }, series) => {
      const points = places.flatMap((column) => {
        const figure = ownValue(row, column)
        return figure === null ? [] : [[across(column), up(figure.value)] as const]
      })
      const last = points.at(-1)
      if (last === undefined) return []
      const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
      return [
        {
          name: shortened(names[place] ?? '', LONGEST_NAME),
          series,
          mark: seriesMark(series),
          path,
          endX: `${last[0].toFixed(1)}%`,
          endY: last[1].toFixed(1),
        },
      ]
    }),
  }
}
