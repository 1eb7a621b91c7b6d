import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DatasetError } from '../../errors.js'
import { fault, quotedList } from '../refusals.js'
import { inNaturalOrder } from './natural-order.js'
import { isSplitWord } from './splits.js'

/** The tar files of a WebDataset, and the folders in which its `classnames.txt` may lie. */
export type TarShards = { readonly paths: readonly string[]; readonly folders: readonly string[] }

const COUNT = 'nshards.txt'

/** The tar files that a path names, in the order of their numbers: a file, a folder of them, or a folder with one split in it, as CLIP_benchmark lays
 *  them out. No file is opened. Throws DatasetError for a folder without any or with several splits, and where `nshards.txt` counts more. */
export async function tarShards(path: string): Promise<TarShards> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() !== true) return { paths: [path], folders: withParent(dirname(path)) }
  const own = await tarsIn(path)
  if (own.length > 0) return { paths: await counted(path, own), folders: withParent(path) }
  const splits: string[] = []
  for (const entry of await readdir(path, { withFileTypes: true }))
    if (entry.isDirectory() && (await tarsIn(join(path, entry.name))).length > 0) splits.push(entry.name)
  if (splits.length !== 1) throw notOne(path, inNaturalOrder(splits))
  const folder = join(path, splits[0])
  return { paths: await counted(folder, await tarsIn(folder)), folders: [folder, path] }
}

/** A folder, and the one above where it is that of a split: what lies above others belongs to something else. */
function withParent(folder: string): string[] {
  return isSplitWord(basename(resolve(folder))) ? [folder, dirname(resolve(folder))] : [folder]
}

async function tarsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return inNaturalOrder(names.filter((name) => /\.(tar|tgz|tar\.gz)$/i.test(name) && !name.startsWith('.')))
}

async function counted(folder: string, names: readonly string[]): Promise<string[]> {
  const text = (await readFile(join(folder, COUNT), 'utf8').catch(() => '')).trim()
  const missing = /^\d{1,6}$/.test(text) ? [...Array(Number(text)).keys()].map((number) => `${number}.tar`).filter((name) => !names.includes(name)) : [] // prettier-ignore
  if (missing.length > 0)
    throw new DatasetError('tar.shards', {
      at: folder,
      expected: `the ${text} tar files that ${COUNT} counts`,
      received: `${names.length}; ${quotedList(missing)} missing`,
      hint: 'Download what is missing',
    })
  return names.map((name) => join(folder, name))
}

function notOne(folder: string, splits: readonly string[]): DatasetError {
  return new DatasetError(
    'tar.shards',
    fault({
      at: folder,
      expected: 'a folder with .tar files in it',
      received: splits.length === 0 ? 'none' : `several such folders: ${quotedList(splits)}`,
      hint: 'Name the tar file, or the folder of one split, with --images',
    }),
  )
}
