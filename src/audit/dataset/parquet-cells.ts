import { stat } from 'node:fs/promises'
import type { ImageMember } from '../types/dataset.js'
import type { FileState } from '../types/files.js'
import { openParquet } from './open-parquet.js'
import type { ParquetFile, ParquetRow, RowGroup } from './parquet-file.js'

type Cell = Extract<ImageMember, { kind: 'cell' }>

/** The bytes of one cell, null where it holds none, and the state of the file before and after it was read. */
export type CellBytes = { readonly bytes: Buffer | null; readonly before: FileState; readonly after: FileState }

export type ReadCell = (path: string, cell: Cell) => Promise<CellBytes>

type Opened = { readonly file: ParquetFile; readonly state: FileState }
type Part = {
  readonly path: string
  readonly column: string
  readonly start: number
  readonly rows: Promise<{ readonly rows: readonly ParquetRow[]; readonly after: FileState }>
}

/** A reader of images inside Parquet files. What is decoded together (a row group, or a part of a large one) is kept until another is asked for:
 *  rows are best asked for in order. `mostBytes`: a larger row group is read in parts where the file says where its pages lie. */
export function openCells(mostBytes = MOST_BYTES): ReadCell {
  const opened = new Map<string, Promise<Opened>>()
  let last: Part | null = null
  return async (path, { column, row }) => {
    const opening = opened.get(path) ?? openWithState(path)
    opened.set(path, opening)
    const { file, state } = await opening
    const { start, end } = decodedWith(file, column, row, mostBytes)
    if (last?.path !== path || last.column !== column || last.start !== start)
      last = { path, column, start, rows: readPart(path, file, column, { start, end }) }
    const { rows, after } = await last.rows
    return { bytes: bytesOf(rows.at(row - start)?.[0]), before: state, after }
  }
}

/** Of images as they are compressed, that is some hundreds; their pixels are never held together. */
const MOST_BYTES = 64 * 1024 * 1024

/** The rows that are decoded with this one: its row group, or as much of a large one as `mostBytes` hold. */
export function decodedWith(file: ParquetFile, column: string, row: number, mostBytes = MOST_BYTES): RowGroup {
  const group = file.rowGroups.find(({ end }) => row < end)
  if (group === undefined) return { start: row, end: row }
  const { bytes, unindexed } = file.sizeOf(column, group)
  if (bytes <= mostBytes || unindexed > mostBytes) return group
  const rows = Math.max(1, Math.floor(((group.end - group.start) * mostBytes) / bytes))
  const start = group.start + Math.floor((row - group.start) / rows) * rows
  return { start, end: Math.min(group.end, start + rows) }
}

async function openWithState(path: string): Promise<Opened> {
  const state = await stat(path, { bigint: true })
  return { state, file: await openParquet(path) }
}

async function readPart(path: string, file: ParquetFile, column: string, { start, end }: RowGroup): Part['rows'] {
  const rows = await file.read([column], start, end)
  return { rows, after: await stat(path, { bigint: true }) }
}

/** The bytes of an image column, which holds them, or a struct with the bytes and a name; null where there are none. */
export function bytesOf(value: unknown): Buffer | null {
  const bytes = typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : value
  return bytes instanceof Uint8Array ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : null
}
