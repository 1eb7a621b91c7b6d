import type { TablePart, TableRow, TableRows } from './label-table.js'

const ROWS_AT_ONCE = 4096 // of a table that gives its rows one by one

/** The rows of a table many at once: as the table itself has them, or gathered. Rows before a broken one come before what it throws. */
export async function* partsOf(rows: TableRows): AsyncGenerator<TablePart, void> {
  if (rows.parts !== undefined) {
    yield* rows.parts()
    return
  }
  let waiting: TableRow[] = []
  try {
    for await (const row of rows) {
      waiting.push(row)
      if (waiting.length < ROWS_AT_ONCE) continue
      yield together(waiting)
      waiting = []
    }
  } catch (error) {
    if (waiting.length > 0) yield together(waiting)
    throw error
  }
  if (waiting.length > 0) yield together(waiting)
}

/** Rows of a table that is read in parts, which gives them one by one as well. */
export function rowsInParts(parts: () => AsyncGenerator<TablePart, void>): TableRows {
  return Object.assign(oneByOne(parts), { parts })
}

/** Rows whose texts are read cell by cell, column after column. Where a cell throws, the rows before its row come first, then what was thrown: that of
 *  the first such row. `marksOf`: of so many rows. */
export function* readCells(
  firstLine: number,
  rows: number,
  readers: readonly ((row: number) => string)[],
  marksOf: (rows: number) => TablePart['marks'] = () => null,
): Generator<TablePart, void> {
  let end = rows
  let failure: { readonly error: unknown } | null = null
  const columns = readers.map((read) => {
    const texts: string[] = []
    try {
      for (let row = 0; row < end; row++) texts.push(read(row))
    } catch (error) {
      end = texts.length
      failure = { error }
    }
    return texts
  })
  for (const texts of columns) texts.length = end
  yield { lines: linesFrom(firstLine, end), columns, marks: marksOf(end) }
  throwIfAny(failure)
}

function throwIfAny(failure: { readonly error: unknown } | null): void {
  if (failure !== null) throw failure.error
}

/** Numbers of rows that take up one line each. */
export function linesFrom(first: number, rows: number): Uint32Array {
  const lines = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) lines[row] = first + row
  return lines
}

function together(rows: readonly TableRow[]): TablePart {
  return {
    lines: Uint32Array.from(rows, ({ line }) => line),
    columns: rows[0].cells.map((_, column) => rows.map(({ cells }) => cells[column])),
    marks: rows.map(({ line: _line, cells: _cells, ...marks }) => marks),
  }
}

async function* oneByOne(parts: () => AsyncGenerator<TablePart, void>): AsyncGenerator<TableRow, void> {
  for await (const { lines, columns, marks } of parts())
    for (let row = 0; row < lines.length; row++)
      yield { line: lines[row], cells: columns.map((texts) => texts[row]), ...marks?.[row] }
}
