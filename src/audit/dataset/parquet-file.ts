import { open, stat } from 'node:fs/promises'
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { DatasetError } from '../errors.js'

/** What a column of a Parquet file holds. `fields` are those of a struct. */
export type ParquetColumn = {
  readonly name: string
  readonly kind: 'text' | 'bytes' | 'boolean' | 'integer' | 'float' | 'list' | 'struct' | 'other'
  readonly fields: readonly string[]
}

/** One row: values in the order of the columns that were asked for. Text is a string, bytes a Uint8Array, 64-bit integers are bigints, lists arrays
 *  or typed arrays, structs plain objects, and what is not there null. */
export type ParquetRow = readonly unknown[]

/** A Parquet file that is read a part at a time; the footer is the only thing that is always in memory. */
export type ParquetFile = {
  readonly columns: readonly ParquetColumn[]
  readonly rows: number
  /** First row of each row group and the row after its last: what is decoded together. */
  readonly rowGroups: readonly { readonly start: number; readonly end: number }[]
  /** Of the footer: writers keep their own schema here, for example `huggingface` or `ARROW:schema`. */
  readonly metadata: ReadonlyMap<string, string>
  /** Rows `start` to before `end` of some columns. */
  readonly read: (columns: readonly string[], start: number, end: number) => Promise<ParquetRow[]>
}

/** Opens a Parquet file, compressed in any usual way. Throws DatasetError (`parquet.unreadable`) for a file that is cut or is something else. */
export async function openParquet(path: string): Promise<ParquetFile> {
  const { size } = await stat(path)
  try {
    const file = { byteLength: size, slice: (start: number, end = size) => readSlice(path, start, end) }
    const metadata = await parquetMetadataAsync(file)
    const ends = metadata.row_groups.reduce<number[]>((all, { num_rows }) => [...all, (all.at(-1) ?? 0) + Number(num_rows)], []) // prettier-ignore
    return {
      columns: parquetSchema(metadata).children.map(columnOf),
      rows: Number(metadata.num_rows),
      rowGroups: ends.map((end, index) => ({ start: ends[index - 1] ?? 0, end })),
      metadata: new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''] as const)),
      read: (columns, start, end) => readRows({ file, metadata, path }, columns, start, end),
    }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

type Opened = {
  readonly file: Parameters<typeof parquetReadObjects>[0]['file']
  readonly metadata: Awaited<ReturnType<typeof parquetMetadataAsync>>
  readonly path: string
}

async function readRows(
  { file, metadata, path }: Opened,
  columns: readonly string[],
  start: number,
  end: number,
): Promise<ParquetRow[]> {
  if (start >= end) return []
  try {
    const range = { rowStart: start, rowEnd: end, columns: [...columns] }
    const rows = await parquetReadObjects({ file, metadata, compressors, utf8: false, geoparquet: false, ...range })
    return rows.map((row) => columns.map((column) => (row[column] as unknown) ?? null))
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

async function readSlice(path: string, start: number, end: number): Promise<ArrayBuffer> {
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

type Node = ReturnType<typeof parquetSchema>['children'][number]

function columnOf({ element, children }: Node): ParquetColumn {
  const { name, type, converted_type: converted, logical_type: logical } = element
  const column = (kind: ParquetColumn['kind']): ParquetColumn => ({
    name,
    kind,
    fields: kind === 'struct' ? children.map((child) => child.element.name) : [],
  })
  if (converted === 'LIST' || logical?.type === 'LIST' || element.repetition_type === 'REPEATED') return column('list')
  if (children.length > 0) return column(converted === undefined && logical === undefined ? 'struct' : 'other')
  if (converted === 'UTF8' || logical?.type === 'STRING' || converted === 'ENUM') return column('text')
  if (type === 'BOOLEAN') return column('boolean')
  if (type === 'FLOAT' || type === 'DOUBLE' || logical?.type === 'FLOAT16') return column('float')
  if ((type === 'INT32' || type === 'INT64') && isPlainInteger(converted, logical?.type)) return column('integer')
  if (type === 'BYTE_ARRAY' && converted === undefined && logical === undefined) return column('bytes')
  return column('other')
}

function isPlainInteger(converted: string | undefined, logical: string | undefined): boolean {
  return (converted === undefined || /^U?INT_/.test(converted)) && (logical === undefined || logical === 'INTEGER')
}

function unreadable(at: string, cause: unknown): DatasetError {
  const hint = 'Download or write the file again'
  const refusal = { at, expected: 'a whole Parquet file', received: 'one that is cut, damaged or something else', hint }
  return new DatasetError('parquet.unreadable', refusal, { cause })
}
