import { basename } from 'node:path'
import { DatasetError } from '../../errors.js'
import type { Warning } from '../../types/dataset.js'
import { bytesOf, decodedWith } from '../parquet-cells.js'
import { openParquet } from '../open-parquet.js'
import type { ParquetColumn, ParquetFile } from '../parquet-file.js'
import type { Shard } from './parquet-shards.js'

/** Whether a column holds images: their bytes, or a struct with the bytes and a name. */
export function holdsImages({ kind, fields }: ParquetColumn): boolean {
  return (
    kind === 'bytes' || (kind === 'struct' && fields.some((field) => field.name === 'bytes' && field.kind === 'bytes'))
  )
}

/** Whether an image column also holds names. */
export function holdsNames({ fields }: ParquetColumn): boolean {
  return fields.some(({ name, kind }) => name === 'path' && kind === 'text')
}

/** The name of an image inside its struct, null where it has none. */
export function nameIn(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string' && value.path !== '' // prettier-ignore
    ? value.path
    : null
}

/** What an image is called that has no name, or none of its own: its file and its row in it, counted from 0. */
export function nameByRow(path: string, row: number): string {
  return `${basename(path)}#${row}`
}

/** Whether every image of all shards has a name that no other has. Only names are read. */
export async function namesAreDistinct(shards: readonly Shard[], column: string): Promise<boolean> {
  const seen = new Set<string>()
  for (const { path } of shards) {
    const file = await openParquet(path)
    const found = file.columns.find(({ name }) => name === column)
    if (found === undefined || !holdsNames(found)) return false
    const names = file.without(column, 'bytes')
    for (const { start, end } of file.rowGroups)
      for (const [value] of await names.read([column], start, end)) {
        const name = nameIn(value)
        if (name === null) continue
        if (seen.has(name)) return false
        seen.add(name)
      }
  }
  return true
}

/** Which rows hold the bytes of an image. Where the footer promises them for all, nothing is read. */
export async function rowsWithBytes(
  file: ParquetFile,
  { name, kind }: ParquetColumn,
): Promise<(row: number) => boolean> {
  if (file.isNeverNull(name, kind === 'struct' ? 'bytes' : null)) return () => true
  const isThere = new Uint8Array(file.rows)
  for (let row = 0; row < file.rows;) {
    const part = decodedWith(file, name, row)
    const rows = await file.read([name], part.start, part.end)
    rows.forEach(([value], index) => (isThere[part.start + index] = bytesOf(value) === null ? 0 : 1))
    row = part.end
  }
  return (row) => isThere[row] === 1
}

const MUCH_BYTES = 256 * 1024 * 1024
const MOST_BYTES = 2 * 1024 * 1024 * 1024 // what one piece of memory can be in every Node.js that runs this

/** Row groups that must be held in memory whole because the file does not say where its pages lie. Throws DatasetError where no memory can. */
export function largeGroupWarning(path: string, file: ParquetFile, column: string): Warning[] {
  const sizes = file.rowGroups
    .map((group) => file.sizeOf(column, group).unindexed)
    .filter((bytes) => bytes > MUCH_BYTES)
  const largest = Math.max(0, ...sizes)
  const cure = 'write the file again with row groups of 100 images, or with an index of its pages'
  if (largest > MOST_BYTES)
    throw new DatasetError('parquet.row-group', {
      at: path,
      expected: 'row groups of at most 2 GB, or an index of the pages',
      received: `one of ${Math.ceil(largest / 1e6)} MB without`,
      hint: `To mend it, ${cure}`,
    })
  if (sizes.length === 0) return []
  const message = `${basename(path)}: row groups of images of up to ${Math.ceil(largest / 1e6)} MB are held in memory whole; to need less, ${cure}`
  return [{ code: 'parquet.row-group', count: sizes.length, message }]
}
