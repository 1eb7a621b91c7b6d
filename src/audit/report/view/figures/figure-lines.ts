import type { FigureTable } from '../../../types/figures.js'
import { printable } from '../../names.js'
import type { Words } from '../../words.js'
import { figureCell } from './figure-cell.js'
import { ownRows } from './own-figures.js'
import { rowName } from './probe-tables.js'
import { wrapped } from '../../wrapped.js'
import { worded } from './wording.js'

const MOST_ROWS = 8
const WIDTH = 100
const LONGEST_NAME = 56
const WIDEST_COLUMN = 20
const INDENT = '  '
const GAP = '  '

/** The first table of every probe that makes tables, as lines of a terminal, and where the others are. Empty where there is none. */
export function figureLines(words: Words): readonly string[] {
  const { audit, locale, numbers } = words
  const { tables } = audit.derived
  return audit.facts.probes.flatMap(({ id }) => {
    const own = tables.filter(({ probe }) => probe === id)
    const [first] = own
    if (first === undefined) return []
    const more = locale.text('figures.terminal', { tables: numbers.count(own.length) })
    return ['', `${printable(id)}: ${worded(first.title, words)}`, ...tableLines(first, words), more]
  })
}

/** As many columns as fit a line; a heading that is longer than its column goes over several lines. */
function tableLines(table: FigureTable, words: Words): string[] {
  const rows = ownRows(table).slice(0, MOST_ROWS)
  const names = rows.map(({ row }) => cut(rowName(row, words), LONGEST_NAME))
  const first = Math.max(...names.map(({ length }) => length), 0)
  const all = table.columns.map((column, place) => {
    const cells = rows.map(({ row }) => {
      const figure = row.figures[place]
      return figure === undefined ? '' : cut(figureCell(figure, column.unit, words).text, WIDEST_COLUMN)
    })
    const heading = wrapped(worded(column.heading, words), '', '', WIDEST_COLUMN)
    return { heading, cells, width: Math.max(...[...heading, ...cells].map(({ length }) => length)) }
  })
  const fitting = all.filter((_, place) => {
    const taken = all.slice(0, place + 1).reduce((sum, { width }) => sum + width + GAP.length, INDENT.length + first)
    return taken <= WIDTH
  })
  const height = Math.max(...fitting.map(({ heading }) => heading.length), 1)
  const line = (name: string, cellOf: (column: (typeof fitting)[number]) => string): string =>
    `${INDENT}${name.padEnd(first)}${fitting.map((column) => `${GAP}${cellOf(column).padStart(column.width)}`).join('')}`.trimEnd()
  return [
    ...Array.from({ length: height }, (_, top) =>
      line('', ({ heading }) => heading[heading.length - height + top] ?? ''),
    ),
    ...names.map((name, index) => line(name, ({ cells }) => cells[index] ?? '')),
  ]
}

function cut(text: string, characters: number): string {
  const all = [...text]
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`
}
