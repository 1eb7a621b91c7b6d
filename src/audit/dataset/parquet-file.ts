import { open, stat } from 'node:fs/promises'
import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { DatasetError } from '../errors.js'
import { columnOf } from './parquet-columns.js'
import type { ParquetColumn } from './parquet-columns.js'
import { chunksOf, requireChunksOfSchema, withoutField } from './parquet-footer.js'
import type { Footer } from './parquet-footer.js'
import { checkPages, pageRunsOf } from './parquet-pages.js'

export type { ParquetColumn } from './parquet-columns.js'

/** One row: values in the order of the columns that were asked for. Text is a string, bytes a Uint8Array, 64-bit integers are bigints, lists arrays
 *  or typed arrays, structs plain objects, and what is not there null. */
export type ParquetRow = readonly unknown[]

/** First row of a row group, and the row after its last. */
export type RowGroup = { readonly start: number; readonly end: number }

/** A Parquet file that is read a part at a time; the footer is the only thing that is always in memory. */
export type ParquetFile = {
  readonly columns: readonly ParquetColumn[]
  readonly rows: number
  /** What is decoded together. */
  readonly rowGroups: readonly RowGroup[]
  /** Of the footer: writers keep their own schema here, for example `huggingface` or `ARROW:schema`. */
  readonly metadata: ReadonlyMap<string, string>
  /** Rows `start` to before `end` of some columns. Where the file has an index of its pages, no more than their pages are read. */
  readonly read: (columns: readonly string[], start: number, end: number) => Promise<ParquetRow[]>
  /** The same values, column by column in the order asked for; what is not there is null or undefined. */
  readonly readColumns: (columns: readonly string[], start: number, end: number) => Promise<ArrayLike<unknown>[]>
  /** What a column takes up in one row group, and how much of that can only be read as a whole: the file does not say where its pages lie. */
  readonly sizeOf: (column: string, group: RowGroup) => { readonly bytes: number; readonly unindexed: number }
  /** Whether the footer promises that this field of a struct (or the column itself, with null) is in every row. */
  readonly isNeverNull: (column: string, field: string | null) => boolean
  /** The same file as if a struct did not have this field, which is then not read from the disk. */
  readonly without: (column: string, field: string) => ParquetFile
}

/** Opens a Parquet file, compressed in any usual way. Throws DatasetError (`parquet.unreadable`) for a file that is cut or is something else. */
export async function openParquetFile(path: string): Promise<ParquetFile> {
  try {
    const { size } = await stat(path)
    const read = (start: number, end = size): Promise<ArrayBuffer> => readSlice(path, { start, end, size })
    const footer = await parquetMetadataAsync({ byteLength: size, slice: read }, { geoparquet: false })
    requireChunksOfSchema(footer)
    const runs = pageRunsOf(footer)
    const slice = (start: number, end?: number): Promise<ArrayBuffer> => {
      const checked = read(start, end).then((bytes) => checkPages(bytes, start, runs))
      checked.catch(() => undefined) // several are asked for at once and waited for one after another
      return checked
    }
    return describe({ file: { byteLength: size, slice }, footer, path })
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

type Opened = {
  readonly file: Parameters<typeof parquetRead>[0]['file']
  readonly footer: Footer
  readonly path: string
}

function describe(opened: Opened): ParquetFile {
  const { footer } = opened
  const ends = footer.row_groups.reduce<number[]>((all, { num_rows }) => [...all, (all.at(-1) ?? 0) + Number(num_rows)], []) // prettier-ignore
  const rowGroups = ends.map((end, index) => ({ start: ends[index - 1] ?? 0, end }))
  if ((ends.at(-1) ?? 0) !== Number(footer.num_rows)) throw new Error('its row groups do not add up to its rows')
  return {
    columns: parquetSchema(footer).children.map(columnOf),
    rows: Number(footer.num_rows),
    rowGroups,
    metadata: new Map((footer.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''] as const)),
    read: (columns, start, end) => readRows({ opened, rowGroups }, columns, { start, end }),
    readColumns: (columns, start, end) => readColumns({ opened, rowGroups }, columns, { start, end }),
    sizeOf: (column, group) => {
      const chunks = chunksOf(footer.row_groups[rowGroups.findIndex(({ start }) => start === group.start)], column)
      const bytes = (some: typeof chunks): number =>
        some.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0)
      const isUnindexed = chunks.filter(({ offset_index_offset }) => offset_index_offset === undefined)
      return { bytes: bytes(chunks), unindexed: bytes(isUnindexed) }
    },
    isNeverNull: (column, field) =>
      footer.row_groups.every((group) => {
        const found = chunksOf(group, column, field)
        return found.length === 1 && Number(found[0].meta_data?.statistics?.null_count ?? -1) === 0
      }),
    without: (column, field) => describe({ ...opened, footer: withoutField(footer, column, field) }),
  }
}

async function readRows(readable: Readable, columns: readonly string[], range: RowGroup): Promise<ParquetRow[]> {
  if (columns.length === 0) return []
  const found = await readColumns(readable, columns, range)
  return Array.from({ length: range.end - range.start }, (_, row) => found.map((values) => values[row] ?? null))
}

/** One row group after another: the reader would else begin with all of them, and after the first fault nobody would wait for the others. */
async function readColumns(
  { opened, rowGroups }: Readable,
  columns: readonly string[],
  range: RowGroup,
): Promise<ArrayLike<unknown>[]> {
  const found = new Map<string, Chunk[]>(columns.map((column) => [column, []]))
  for (const group of columns.length === 0 ? [] : rowGroups) {
    const part = { start: Math.max(group.start, range.start), end: Math.min(group.end, range.end) }
    if (part.start < part.end) await readChunks(opened, part, found)
  }
  return columns.map((column) => joined(found.get(column) ?? [], range))
}

/** Values of a column from the row `start` of the file on. */
type Chunk = { readonly start: number; readonly values: ArrayLike<unknown> }

async function readChunks({ file, footer, path }: Opened, part: RowGroup, found: Map<string, Chunk[]>): Promise<void> {
  try {
    await parquetRead({
      ...{ file, metadata: footer, compressors, columns: [...found.keys()] },
      ...{ rowStart: part.start, rowEnd: part.end, useOffsetIndex: true, utf8: false, geoparquet: false },
      onChunk: ({ columnName, columnData, rowStart }) => found.get(columnName)?.push({ start: rowStart, values: columnData }), // prettier-ignore
    })
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** Pages begin before the rows that were asked for, and end after them. */
function joined(chunks: readonly Chunk[], { start, end }: RowGroup): ArrayLike<unknown> {
  const [first] = chunks
  if (chunks.length === 1 && first.start === start && first.values.length === end - start) return first.values
  const all = new Array<unknown>(end - start)
  for (const chunk of chunks)
    for (let row = Math.max(chunk.start, start); row < Math.min(chunk.start + chunk.values.length, end); row++)
      all[row - start] = chunk.values[row - chunk.start]
  return all
}

type Readable = { readonly opened: Opened; readonly rowGroups: readonly RowGroup[] }

type Slice = { readonly start: number; readonly end: number; readonly size: number }

async function readSlice(path: string, { start, end, size }: Slice): Promise<ArrayBuffer> {
  // before memory is set aside for what a damaged footer promises
  if (!(start >= 0 && start <= end && end <= size)) throw new Error('the footer points outside the file')
  const bytes = new Uint8Array(end - start)
  const handle = await open(path, 'r') // a dataset may have more shards than a process may have open files
  try {
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
      if (bytesRead === 0) throw new Error('the file ends early')
      filled += bytesRead
    }
    return bytes.buffer
  } finally {
    await handle.close()
  }
}

const UNSUPPORTED = /unsupported|not supported|encrypted/i

function unreadable(at: string, cause: unknown): DatasetError {
  const isUnsupported = cause instanceof Error && UNSUPPORTED.test(cause.message)
  const received = isUnsupported
    ? 'one that is compressed or encoded in a way that is not read'
    : 'one that is cut, damaged or something else'
  const hint = isUnsupported
    ? 'Write it again, compressed with Snappy or Zstandard'
    : 'Download or write the file again'
  return new DatasetError('parquet.unreadable', { at, expected: 'a whole Parquet file', received, hint }, { cause })
}
