import { decodedWith } from './parquet-cells.js'
import type { ParquetFile, RowGroup } from './parquet-file.js'

/** Values of some columns from the row `start` of the file on. */
export type ParquetPart = {
  readonly start: number
  readonly rows: number
  /** In the order in which they were asked for. */
  readonly columns: readonly ArrayLike<unknown>[]
}

/** The columns of a Parquet file from its first row to its last. What can only be decoded together is read once: a row group, or a part of a large one
 *  where the file says where its pages lie. */
export async function* parquetParts(file: ParquetFile, columns: readonly string[]): AsyncGenerator<ParquetPart, void> {
  for (const group of file.rowGroups)
    for (let start = group.start; start < group.end;) {
      const end = endOfPart(file, columns, group, start)
      yield { start, rows: end - start, columns: await file.readColumns(columns, start, end) }
      start = end
    }
}

function endOfPart(file: ParquetFile, columns: readonly string[], group: RowGroup, start: number): number {
  return columns.reduce((end, column) => Math.min(end, decodedWith(file, column, start).end), group.end)
}
