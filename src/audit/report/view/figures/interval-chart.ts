import { scaleLinear } from 'd3-scale'
import type { FigureTable } from '../../../types/figures.js'
import { shortened } from '../../names.js'
import type { Words } from '../../words.js'
import type { Drawn } from './bar-chart.js'
import { tickText, valueText } from './figure-cell.js'
import { drawnColumns, ownRows, ownValue } from './own-figures.js'

/** Values with their intervals, one row each, of the first column that can be drawn. */
export type IntervalChart = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly gridEndY: number
  readonly axisY: number
  readonly axisLabel: string
  readonly ticks: readonly { readonly x: string; readonly label: string }[]
  readonly rows: readonly {
    readonly name: string
    readonly value: string
    readonly textY: number
    readonly middleY: number
    readonly dot: string
    readonly from: string | null
    readonly to: string | null
  }[]
}

const ROW = 34
const AXIS = 44
const MOST_ROWS = 40
const LONGEST_NAME = 32
const EDGES = [3, 97]

/** null where nothing has a value. */
export function intervalChart(
  table: FigureTable,
  { id, title, columns, names }: Drawn,
  words: Words,
): IntervalChart | null {
  const [column] = drawnColumns(table)
  if (column === undefined) return null
  const unit = table.columns[column]?.unit ?? 'number'
  const rows = ownRows(table)
    .flatMap(({ row, place }) => {
      const figure = ownValue(row, column)
      return figure === null ? [] : [{ figure, name: names[place] ?? '' }]
    })
    .slice(0, MOST_ROWS)
  if (rows.length === 0) return null
  const ends = rows.flatMap(({ figure: { value, interval } }) => [
    value,
    interval?.[0] ?? value,
    interval?.[1] ?? value,
  ])
  const floor = unit === 'share' ? 0 : Math.min(0, ...ends)
  const scale = scaleLinear([floor, Math.max(...ends, floor + 1e-6)], EDGES).nice(4)
  const place = (value: number): string => `${scale(value).toFixed(2)}%`
  const bottom = rows.length * ROW
  return {
    id,
    title,
    description: words.locale.text('charts.figures.description'),
    height: bottom + AXIS,
    gridEndY: bottom + 4,
    axisY: bottom + 18,
    axisLabel: columns[column] ?? '',
    ticks: scale.ticks(4).map((tick) => ({ x: place(tick), label: tickText(tick, unit, words) })),
    rows: rows.map(({ figure: { value, interval }, name }, index) => ({
      name: shortened(name, LONGEST_NAME),
      value: valueText(value, unit, words),
      textY: index * ROW + 13,
      middleY: index * ROW + 24,
      dot: place(value),
      from: interval === undefined || interval === null ? null : place(interval[0]),
      to: interval === undefined || interval === null ? null : place(interval[1] ?? scale.domain()[1] ?? value),
    })),
  }
}
