/** Counts of images by group (row) and outcome (column), with their margins. */
export type ContingencyTable = {
  readonly counts: readonly (readonly number[])[]
  readonly rowTotals: readonly number[]
  readonly columnTotals: readonly number[]
  readonly total: number
  /** Rows and columns without images, by their place in the table as it came; they are not in `counts`. */
  readonly emptyRows: number[]
  readonly emptyColumns: number[]
}

/** Checks a table of counts, adds up its margins and leaves out the rows and columns without images.
 *  Throws RangeError that names `caller` unless the rows are equally long, the counts whole and not negative, and at least two
 *  rows and two columns have images. */
export function contingencyTable(caller: string, table: readonly (readonly number[])[]): ContingencyTable {
  requireCounts(caller, table)
  const places = table.slice(0, 1).flatMap((row) => [...row.keys()])
  const allRows = table.map(sum)
  const allColumns = places.map((column) => sum(table.map((row) => row[column])))
  const isFullRow = (_: unknown, row: number) => allRows[row] > 0
  const isFullColumn = (_: unknown, column: number) => allColumns[column] > 0
  const rowTotals = allRows.filter(isFullRow)
  const columnTotals = allColumns.filter(isFullColumn)
  if (rowTotals.length < 2 || columnTotals.length < 2) {
    throw new RangeError(
      `${caller} expected at least two rows and two columns with images but received ` +
        `${rowTotals.length} and ${columnTotals.length}`,
    )
  }
  return {
    counts: table.filter(isFullRow).map((row) => row.filter(isFullColumn)),
    rowTotals,
    columnTotals,
    total: sum(rowTotals),
    emptyRows: [...allRows.keys()].filter((row) => allRows[row] === 0),
    emptyColumns: places.filter((column) => allColumns[column] === 0),
  }
}

function requireCounts(caller: string, table: readonly (readonly number[])[]): void {
  for (const row of table) {
    if (row.length !== table[0].length) {
      throw new RangeError(`${caller} expected ${table[0].length} columns in every row but received ${row.length}`)
    }
    const wrong = row.find((images) => !Number.isSafeInteger(images) || images < 0)
    if (wrong !== undefined) throw new RangeError(`${caller} expected whole counts from 0 but received ${wrong}`)
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
