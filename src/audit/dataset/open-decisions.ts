import { openCsv } from './csv.js'
import { unmarked } from './csv-out.js'
import type { LabelTable, TableRow } from './label-table.js'
import { openObjectsTable } from './objects-table.js'
import { tableKind } from './open-table.js'

/** Opens a file of decisions made elsewhere as a table whose header is complete: CSV, JSON lines or Parquet, by the ending of its name. A list
 *  inside an object, as services write their labels, gives a row an item. Throws DatasetError. */
export async function openDecisions(file: string): Promise<LabelTable> {
  const kind = await tableKind(file)
  if (kind !== 'csv') return openObjectsTable(file, kind)
  const table = await openCsv(file)
  return { ...table, rows: (columns) => withoutMarks(table.rows(columns)) }
}

/** Our own CSV marks cells that a spreadsheet would run. */
async function* withoutMarks(rows: AsyncGenerator<TableRow, void>): AsyncGenerator<TableRow, void> {
  for await (const row of rows) yield { ...row, cells: row.cells.map(unmarked) }
}
