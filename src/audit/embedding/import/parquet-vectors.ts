import { mkdtemp, open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openParquet } from '../../dataset/open-parquet.js'
import type { ParquetFile, ParquetRow } from '../../dataset/parquet-file.js'
import { DatasetError, quoted } from '../../errors.js'
import type { VectorBlock } from './vector-rows.js'

const MOST_NUMBERS = 67_108_864 // of one row group, which is decoded whole: half a gigabyte as JavaScript keeps them
const ID_COLUMNS = ['image_path', 'image', 'id', 'ids', 'file', 'path']
const NO_ROWS = 'Write one row for each image'

export type ParquetColumns = { readonly column: string | null; readonly idColumn: string | null }

export type ParquetVectors = {
  readonly block: VectorBlock
  /** Of the file that the block lies in. It has no name where the system allows that, and is gone when the handle is closed. */
  readonly handle: FileHandle
  /** null where the file has no column of ids. */
  readonly ids: readonly string[] | null
  /** Rows whose vector is null: they are left out of the block, and of the ids. */
  readonly missing: number
}

/** Decodes a column of lists of numbers once, row group by row group, into a file of float32 that can be read in any order, beside it the ids.
 *  Memory: one row group. Disk: 4 bytes a number, in the folder for temporary files. Throws DatasetError (`vectors.parquet`). */
export async function parquetVectors(path: string, columns: ParquetColumns): Promise<ParquetVectors> {
  const file = await openParquet(path)
  const column = chooseVectors(file, columns.column, path)
  const idColumn = chooseIds(file, columns.idColumn, path)
  const handle = await openNameless()
  try {
    const ids: string[] = []
    let dim = 0
    let rows = 0
    for (const { start, end } of file.rowGroups) {
      refuseLarge(dim, end - start, path)
      const [first] = dim === 0 ? await file.read([column], start, Math.min(start + 1, end)) : []
      if (first !== undefined) refuseLarge(lengthOf(first[0]), end - start, path)
      const read = await file.read(idColumn === null ? [column] : [column, idColumn], start, end)
      const given = read.filter(([vector]) => vector !== null)
      dim ||= lengthOf(given[0]?.[0])
      await handle.write(packed(given, dim, path))
      if (idColumn !== null) for (const [, id] of given) ids.push(idOf(id, path, idColumn))
      rows += given.length
    }
    if (rows === 0 || dim === 0) throw refusal(path, `vectors in the column ${quoted(column)}`, 'none', NO_ROWS)
    const block = { path, offset: 0, rows, dim, dtype: 'float32' as const }
    return { block, handle, ids: idColumn === null ? null : ids, missing: file.rows - rows }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The ids of a Parquet file that holds no vectors, such as the metadata of clip-retrieval, row by row. */
export async function* parquetIds(path: string, wanted: string | null): AsyncGenerator<string[], void> {
  const file = await openParquet(path)
  const column = chooseIds(file, wanted, path)
  if (column === null) throw noIds(file, null, path)
  for (const { start, end } of file.rowGroups)
    yield (await file.read([column], start, end)).map(([id]) => (id === null ? '' : idOf(id, path, column)))
}

/** How many rows a Parquet file has. */
export async function parquetRows(path: string): Promise<number> {
  return (await openParquet(path)).rows
}

function chooseVectors({ columns }: ParquetFile, wanted: string | null, path: string): string {
  const lists = columns.filter(({ kind }) => kind === 'list').map(({ name }) => name)
  if (wanted !== null && lists.includes(wanted)) return wanted
  if (wanted === null && lists.length === 1) return lists[0]
  const expected =
    wanted === null ? 'one column with lists of numbers' : `a column ${quoted(wanted)} with lists of numbers`
  throw refusal(path, expected, namesOf(lists), 'Say which one under column: in embeddings.yaml')
}

function chooseIds(file: ParquetFile, wanted: string | null, path: string): string | null {
  const texts = file.columns.filter(({ kind }) => kind === 'text' || kind === 'integer').map(({ name }) => name)
  if (wanted !== null) {
    if (texts.includes(wanted)) return wanted
    throw noIds(file, wanted, path)
  }
  const known = ID_COLUMNS.find((name) => texts.includes(name))
  return known ?? (texts.length === 1 ? texts[0] : null)
}

function noIds({ columns }: ParquetFile, wanted: string | null, path: string): DatasetError {
  const expected = wanted === null ? 'a column of ids' : `a column ${quoted(wanted)} of ids`
  return refusal(
    path,
    expected,
    namesOf(columns.map(({ name }) => name)),
    'Say which one under idColumn: in embeddings.yaml',
  )
}

function namesOf(names: readonly string[]): string {
  return (
    names
      .slice(0, 20)
      .map((name) => quoted(name))
      .join(', ') || 'none'
  )
}

function refuseLarge(dim: number, rows: number, path: string): void {
  if (dim * rows <= MOST_NUMBERS) return
  const most = Math.floor(MOST_NUMBERS / dim)
  throw refusal(
    path,
    `row groups of at most ${most} vectors`,
    `one of ${rows}`,
    `Write it with row_group_size=${Math.min(most, 50_000)}, or as .npy`,
  )
}

function lengthOf(vector: unknown): number {
  return Array.isArray(vector) || ArrayBuffer.isView(vector) ? (vector as ArrayLike<unknown>).length : 0
}

function packed(rows: readonly ParquetRow[], dim: number, path: string): Float32Array {
  const numbers = new Float32Array(rows.length * dim)
  rows.forEach(([vector], row) => {
    const list = vector as ArrayLike<unknown> // lengthOf tells what is none
    if (lengthOf(vector) !== dim)
      throw refusal(
        path,
        `lists of ${dim} numbers, like the first`,
        `one of ${lengthOf(vector)}`,
        'All vectors must come from one model',
      )
    for (let i = 0; i < dim; i++) {
      const number = list[i]
      if (typeof number !== 'number')
        throw refusal(
          path,
          'lists of numbers',
          `${quoted(number)} in a list`,
          'Write float32 or float64; a number that is not there makes no vector',
        )
      numbers[row * dim + i] = number
    }
  })
  return numbers
}

function idOf(id: unknown, path: string, column: string): string {
  if (typeof id === 'string' && id !== '') return id
  if (typeof id === 'number' || typeof id === 'bigint') return String(id)
  throw refusal(
    path,
    `an id in every row of ${quoted(column)}`,
    id === '' || id === null ? 'nothing' : quoted(id),
    'Leave out rows that belong to no image',
  )
}

/** A file that no other process sees: where the system keeps an open file without its name, the name is taken away at once. */
async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'probity-vectors-'))
  const handle = await open(join(folder, 'float32'), 'wx+')
  await rm(folder, { recursive: true, force: true }).catch(() => undefined) // Windows keeps it until restart or clean-up
  return handle
}

function refusal(at: string, expected: string, received: string, hint: string): DatasetError {
  return new DatasetError('vectors.parquet', { at, expected, received, hint })
}
