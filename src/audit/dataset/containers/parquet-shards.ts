import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatasetError } from '../../errors.js'
import type { Fault } from '../../errors.js'
import { fault, quotedList, refuse } from '../refusals.js'
import { inNaturalOrder } from './natural-order.js'

/** One file of a dataset; `split` is what its name begins with, null where it is not numbered. */
export type Shard = { readonly path: string; readonly split: string | null }

/** As Hugging Face datasets number the files of a split, some with a hash behind. */
const NUMBERED = /^(.+)-(\d{5,})-of-(\d{5,})(-[0-9a-f]+)?\.parquet$/

/** The Parquet files that a path names, a file or a folder of them, split by split and by number. No file is opened. Throws DatasetError for a folder
 *  without any, and where a numbered file is missing or there twice. */
export async function parquetShards(path: string): Promise<Shard[]> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() !== true) return [shardOf(path)]
  const entries = await readdir(path, { withFileTypes: true })
  const names = inNaturalOrder(entries.flatMap(({ name }) => (isParquet(name) ? [name] : [])))
  if (names.length === 0) throw noShards(path, entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)) // prettier-ignore
  refuse('parquet.shards', numberingFaults(path, names))
  return names.map((name) => shardOf(join(path, name)))
}

/** Whether a name is that of a Parquet file. */
export function isParquet(name: string): boolean {
  return /\.parquet$/i.test(name) && !basename(name).startsWith('.')
}

function shardOf(path: string): Shard {
  return { path, split: NUMBERED.exec(basename(path))?.[1] ?? null }
}

function numberingFaults(folder: string, names: readonly string[]): Fault[] {
  const series = new Map<string, { readonly count: number; readonly numbers: number[] }>()
  for (const name of names) {
    const [, split, number, count] = NUMBERED.exec(name) ?? []
    if (split === undefined) continue
    const key = `${split}-*-of-${count}.parquet`
    const known = series.get(key) ?? { count: Number(count), numbers: [] }
    known.numbers.push(Number(number))
    series.set(key, known)
  }
  return [...series].flatMap(([key, { count, numbers }]) => {
    const there = new Set(numbers)
    const first = [...Array(Math.min(count, numbers.length + 1)).keys()].find((number) => !there.has(number))
    if (first === undefined && numbers.length === count) return []
    const received =
      there.size < numbers.length
        ? 'one number twice'
        : `${numbers.length} of them; number ${first ?? count} is missing`
    return [
      fault({
        at: folder,
        field: key,
        expected: count === 1 ? '1 file' : `${count} files, numbered from 0`,
        received,
        hint: 'Download what is missing, or take away what is left of an older version',
      }),
    ]
  })
}

function noShards(folder: string, folders: readonly string[]): DatasetError {
  return new DatasetError(
    'parquet.shards',
    fault({
      at: folder,
      expected: 'a folder with .parquet files in it',
      received: folders.length === 0 ? 'none' : `none, but the folders ${quotedList(folders)}`,
      hint: 'Name the file, or the folder of one configuration, with --labels',
    }),
  )
}
