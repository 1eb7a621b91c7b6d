import type { CurveRecord } from '../../../types/curve.js'
import { shapeOf, VERDICT_SHAPES } from '../../curve-words.js'
import type { VerdictKey } from '../../verdict-words.js'
import type { PlotScale } from './plot-scale.js'

/** Marks and intervals of one group as a few paths, one column per specification. Across, the drawing is stretched to its place; down,
 *  everything is in CSS pixels, and lines keep their width. */
export type Plot = {
  readonly viewBox: string
  readonly height: number
  readonly ticks: readonly { readonly y: number; readonly share: number }[]
  readonly left: number
  readonly columns: number
  readonly zero: number
  readonly band: { readonly y: number; readonly height: number }
  readonly marks: readonly PlotMarks[]
}

export type PlotMarks = { readonly key: VerdictKey; readonly intervals: string; readonly points: string }

/** The specifications that a chart draws, in the order of their difference. */
export type Order = {
  /** Indices of specifications, lowest difference first. */
  readonly drawn: readonly number[]
  /** Specifications with a difference; more than are drawn where the chart is thinned. */
  readonly all: number
}

const MOST_COLUMNS = 1000 // more columns than that have no pixel of their own on any screen
export const MOST_SMALL_COLUMNS = 250 // as many pixels as a small drawing is wide
const FEWEST_COLUMNS = 48 // so that a curve of one specification is a mark and not a wall
const WIDEST_DECIMALS = 300 // with more columns a tenth of a pixel cannot be seen

/** The order of one group's specifications by difference, thinned evenly where there are too many to draw. */
export function orderOf({ differences }: Pick<CurveRecord, 'differences'>, most = MOST_COLUMNS): Order {
  const all = differences
    .flatMap((difference, i) => (difference === null ? [] : [{ difference, i }]))
    .sort((a, b) => a.difference - b.difference || a.i - b.i)
    .map(({ i }) => i)
  if (all.length <= most) return { drawn: all, all: all.length }
  const place = (column: number): number => Math.round((column * (all.length - 1)) / (most - 1))
  return { drawn: Array.from({ length: most }, (_, column) => all[place(column)] ?? 0), all: all.length }
}

/** How the columns of an order lie in the drawing: number of columns with the empty ones on both sides, and where the drawing starts. */
export function frameOf({ drawn }: Order): { columns: number; left: number } {
  const columns = Math.max(drawn.length, FEWEST_COLUMNS)
  return { columns, left: -0.5 - Math.floor((columns - drawn.length) / 2) }
}

/** The curve of one group. */
export function plot(record: CurveRecord, order: Order, scale: PlotScale, margin: number): Plot {
  const { columns, left } = frameOf(order)
  const top = scale.y(margin)
  return {
    viewBox: `${left} 0 ${columns} ${scale.height}`,
    height: scale.height,
    ticks: scale.ticks.map((share) => ({ y: scale.y(share), share })),
    left,
    columns,
    zero: scale.y(0),
    band: { y: top, height: Math.round((scale.y(-margin) - top) * 10) / 10 },
    marks: marks(record, order, scale, columns),
  }
}

function marks({ differences, intervals, verdicts }: CurveRecord, order: Order, scale: PlotScale, columns: number) {
  const y = (share: number): number => (columns > WIDEST_DECIMALS ? Math.round(scale.y(share)) : scale.y(share))
  const size = columns > WIDEST_DECIMALS || scale.height < 150 ? 0.6 : 1 // many marks run into a line: a thin one
  const half = Math.max(0.42, Math.round((columns / 200) * size * 10) / 10) // half the width of a mark, in columns
  const columnsOf = new Map<VerdictKey, { x: number; specification: number }[]>()
  order.drawn.forEach((specification, x) => {
    const key = shapeOf(verdicts[specification])
    columnsOf.set(key, [...(columnsOf.get(key) ?? []), { x, specification }])
  })
  return VERDICT_SHAPES.flatMap(([, key]): PlotMarks[] => {
    const drawn = columnsOf.get(key)
    if (drawn === undefined) return []
    const lines = drawn.map(({ x, specification }) => {
      const interval = intervals[specification] ?? null
      return interval === null ? '' : `M${x} ${y(interval[1])}V${y(interval[0])}`
    })
    const points = drawn.map(({ x, specification }) =>
      markPath(key, [x, y(differences[specification] ?? 0)], half, size),
    )
    return [{ key, intervals: lines.join(''), points: points.join('') }]
  })
}

/** The shapes of the legend: up, down, a round point, a diamond, and a cross for what is not judged. */
function markPath(key: VerdictKey, [x, y]: readonly [number, number], half: number, size: number): string {
  const at = (dx: number, dy: number): string => `M${round(x + dx)} ${round(y + dy * size)}`
  const wide = round(2 * half)
  const [four, seven] = [round(4 * size), round(7 * size)]
  switch (key) {
    case 'higher':
      return `${at(0, -4)}l${half} ${seven}h-${wide}z`
    case 'lower':
      return `${at(0, 4)}l${half}-${seven}h-${wide}z`
    case 'inconclusive':
      return `${at(0, -4)}l${half} ${four}-${half} ${four}-${half}-${four}z`
    case 'within':
      return `${at(0, 0)}h0`
    case 'insufficient':
    case 'reference':
    case 'none':
      return `${at(-half, -4)}l${wide} ${round(8 * size)}m0-${round(8 * size)}l-${wide} ${round(8 * size)}`
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
