import type { FigureTable } from '../../../types/figures.js'
import { printable } from '../../names.js'
import type { Words } from '../../words.js'
import { figureCell } from './figure-cell.js'
import { ownRows } from './own-figures.js'
import { rowName } from './probe-tables.js'
import { worded } from './wording.js'

const MOST_ROWS = 8
const MOST_COLUMNS = 4
const WIDTH = 100
const LONGEST_NAME = 40
const LONGEST_HEADING = 26

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

function tableLines(table: FigureTable, words: Words): string[] {
  const rows = ownRows(table).slice(0, MOST_ROWS)
  const names = rows.map(({ row }) => cut(rowName(row, words), LONGEST_NAME))
  const columns = table.columns.slice(0, MOST_COLUMNS).map((column, place) => {
    const cells = rows.map(({ row }) => {
      const figure = row.figures[place]
      return figure === undefined ? '' : figureCell(figure, column.unit, words).text
    })
    return [cut(worded(column.heading, words), LONGEST_HEADING), ...cells.map((cell) => cut(cell, LONGEST_HEADING))]
  })
  const widths = columns.map((cells) => Math.max(...cells.map(({ length }) => length)))
  const first = Math.max(...names.map(({ length }) => length), 0)
  const line = (name: string, place: number): string =>
    `  ${name.padEnd(first)}${columns.map((cells, index) => `  ${(cells[place] ?? '').padStart(widths[index] ?? 0)}`).join('')}`
  return [line('', 0), ...names.map((name, index) => line(name, index + 1))].map((text) =>
    text.slice(0, WIDTH).trimEnd(),
  )
}

function cut(text: string, characters: number): string {
  const all = [...text]
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`
}
