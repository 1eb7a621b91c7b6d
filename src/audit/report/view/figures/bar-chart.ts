import { scaleLinear } from 'd3-scale'
import type { FigureTable } from '../../../types/figures.js'
import { shortened } from '../../names.js'
import type { Words } from '../../words.js'
import { seriesMark, valueText } from './figure-cell.js'
import { drawnColumns, ownRows, ownValue } from './own-figures.js'

/** Horizontal bars, one group of them a row. Widths are percentages of the drawing, heights CSS pixels. */
export type BarChart = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly legend: readonly { readonly name: string; readonly series: number; readonly mark: string }[]
  readonly rows: readonly {
    readonly name: string
    readonly textY: number
    readonly bars: readonly {
      readonly series: number
      /** The letter of the series; empty where there is one alone. */
      readonly mark: string
      readonly y: number
      readonly width: string
      readonly valueY: number
      readonly value: string
    }[]
  }[]
}

export type Drawn = {
  readonly id: string
  readonly title: string
  readonly columns: readonly string[]
  readonly names: readonly string[]
}

const BAR = 12
const NAME = 18
const GAP = 10
const WIDEST = 84 // percent: room for the number behind the longest bar
const MOST_ROWS = 40
const LONGEST_NAME = 40

/** Draws the comparable columns of a table of ours; null where nothing has a value. */
export function barChart(table: FigureTable, { id, title, columns, names }: Drawn, words: Words): BarChart | null {
  const series = drawnColumns(table)
  const rows = ownRows(table).slice(0, MOST_ROWS)
  const values = rows.flatMap(({ row }) => series.flatMap((column) => ownValue(row, column)?.value ?? []))
  if (values.length === 0) return null
  const scale = scaleLinear([0, Math.max(...values, 1e-9)], [0, WIDEST])
  const markOf = (place: number): string => (series.length > 1 ? seriesMark(place) : '')
  const rowHeight = NAME + series.length * (BAR + 2) + GAP
  return {
    id,
    title,
    description: words.locale.text('charts.figures.description'),
    height: rows.length * rowHeight,
    legend: series.map((column, place) => ({ name: columns[column] ?? '', series: place, mark: markOf(place) })),
    rows: rows.map(({ row, place }, index) => ({
      name: shortened(names[place] ?? '', LONGEST_NAME),
      textY: index * rowHeight + 13,
      bars: series.flatMap((column, which) => {
        const figure = ownValue(row, column)
        if (figure === null) return []
        const y = index * rowHeight + NAME + which * (BAR + 2)
        const width = `${Math.max(0.2, scale(Math.max(0, figure.value))).toFixed(2)}%`
        const value = valueText(figure.value, table.columns[column]?.unit ?? 'number', words)
        return [{ series: which, mark: markOf(which), y, width, valueY: y + 10, value }]
      }),
    })),
  }
}
