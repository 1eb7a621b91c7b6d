import { openCsv } from './csv.js'
import { unmarked } from './csv-out.js'
import type { LabelTable, TablePart } from './label-table.js'
import { openObjectsTable } from './objects-table.js'
import { tableKind } from './open-table.js'
import { partsOf, rowsInParts } from './table-parts.js'

/** Opens a file of decisions made elsewhere as a table whose header is complete: CSV, JSON lines or Parquet, by the ending of its name. A list
 *  inside an object, as services write their labels, gives a row an item. Throws DatasetError. */
export async function openDecisions(file: string): Promise<LabelTable> {
  const kind = await tableKind(file)
  if (kind !== 'csv') return openObjectsTable(file, kind)
  const table = await openCsv(file)
  return { ...table, rows: (columns) => rowsInParts(() => withoutMarks(partsOf(table.rows(columns)))) }
}

/** Our own CSV marks cells that a spreadsheet would run. */
async function* withoutMarks(parts: AsyncGenerator<TablePart, void>): AsyncGenerator<TablePart, void> {
  for await (const part of parts) yield { ...part, columns: part.columns.map((cells) => cells.map(unmarked)) }
}
