import { stat } from 'node:fs/promises'
import type { ImageMember } from '../types/dataset.js'
import type { FileState } from '../types/files.js'
import { openParquet } from './parquet-file.js'
import type { ParquetFile, ParquetRow } from './parquet-file.js'

type Cell = Extract<ImageMember, { kind: 'cell' }>

/** The bytes of one cell, null where it holds none, and the state of the file before anything was read of it. */
export type ReadCell = (
  path: string,
  cell: Cell,
) => Promise<{ readonly bytes: Buffer | null; readonly state: FileState }>

type Opened = { readonly file: ParquetFile; readonly state: FileState }
type Group = {
  readonly path: string
  readonly column: string
  readonly start: number
  readonly rows: Promise<ParquetRow[]>
}

/** A reader of images inside Parquet files. A row group is decoded whole and kept until another is asked for: rows are best asked for in order. */
export function openCells(): ReadCell {
  const opened = new Map<string, Promise<Opened>>()
  let last: Group | null = null
  return async (path, { column, row }) => {
    const opening = opened.get(path) ?? openWithState(path)
    opened.set(path, opening)
    const { file, state } = await opening
    const { start, end } = file.rowGroups.find((group) => row < group.end) ?? { start: row, end: row }
    if (last?.path !== path || last.column !== column || last.start !== start)
      last = { path, column, start, rows: file.read([column], start, end) }
    const rows = await last.rows
    return { bytes: bytesOf(rows.at(row - start)?.[0]), state }
  }
}

async function openWithState(path: string): Promise<Opened> {
  const state = await stat(path, { bigint: true })
  return { state, file: await openParquet(path) }
}

/** An image column holds bytes, or a struct with the bytes and a name. */
function bytesOf(value: unknown): Buffer | null {
  const bytes = typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : value
  return bytes instanceof Uint8Array && bytes.length > 0
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    : null
}
