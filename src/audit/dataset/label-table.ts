import type { Fault } from '../errors.js'
import type { Box, ImageMember, Quarantine, SourceFile, Warning } from '../types/dataset.js'
import type { FileState } from '../types/files.js'
import { didYouMean } from '../definitions/nearest-word.js'
import { fault, quotedList } from './refusals.js'
import { quoted } from '../errors.js'

/** One row of a table: the line it begins on (counted from 1) and the asked cells as text, '' where there is none. */
export type TableRow = {
  readonly line: number
  readonly cells: readonly string[]
  /** Where its image lies inside a container: the absolute path of the container, and the place in it. Absent: the image is a file of its own. */
  readonly inside?: { readonly path: string; readonly member: ImageMember }
  /** Name of the row, where it is not that of its image file. */
  readonly id?: string
  /** What tells the row from others of its image file: the number of a person, say. Its name is then that of the file, `#`, and this. */
  readonly part?: string
  /** Name of the image file, where it is not the name of the image: several people in one photo are one image each. */
  readonly file?: string
  /** The part of the picture that the row is about. Absent: all of it. */
  readonly box?: Box
  /** Why the row cannot be used, as far as the label file tells. */
  readonly quarantined?: Quarantine
  /** Why the format leaves the row out. */
  readonly excluded?: string
}

/** What a table says of a row beside its cells. */
export type RowMarks = Omit<TableRow, 'line' | 'cells'>

/** Rows that stand one after the other, column by column: `columns` in the order in which they were asked for, each with a text for every row. */
export type TablePart = {
  /** On which each row begins, counted from 1. */
  readonly lines: Uint32Array
  readonly columns: readonly (readonly string[])[]
  /** One per row; null where nothing is said of any. */
  readonly marks: readonly RowMarks[] | null
}

/** The rows of a table, one by one. `parts`: the same rows many at once, where a table can give them without an object for each; they are read with
 *  `partsOf`. Of the two one may be read, once. */
export type TableRows = AsyncGenerator<TableRow, void> & { readonly parts?: () => AsyncGenerator<TablePart, void> }

/** A table of text that is read once, from its first row to its last. */
export type LabelTable = {
  /** CSV: every column. JSONL: the keys of the first object, nested ones dotted. */
  readonly header: readonly string[]
  /** False for JSONL, where a later row may bring a new key: a column that no row has is refused when the rows are read. */
  readonly headerIsComplete: boolean
  /** The rows, with the cells of these columns in this order. May be called once. Throws DatasetError at a broken row. */
  readonly rows: (columns: readonly string[]) => TableRows
  /** Over the bytes of the file; known when all rows are read. */
  readonly sha256: () => string
  /** Columns of bare integers: what they stand for is not told by the file. Known when all rows are read, as is what follows. */
  readonly bareIntegers?: () => readonly string[]
  /** The files that the table was read from, where it is more than one. */
  readonly sources?: () => readonly SourceFile[]
  readonly warnings?: () => readonly Warning[]
  /** By absolute path: the state of each container that images lie in, before anything of it was read. */
  readonly containers?: () => ReadonlyMap<string, FileState>
}

/** The refusal of a table that lacks a column. */
export function missingColumn(at: string, field: string, column: string, header: readonly string[]): Fault {
  return fault({
    at,
    field,
    expected: `a column ${quoted(column)}`,
    received: `the columns ${quotedList(header)}`,
    hint: didYouMean(column, header),
  })
}

/** The refusal of a table without a single row. */
export function noRows(at: string): Fault {
  return fault({ at, expected: 'a table with a header and at least one row', received: '0 rows' })
}
