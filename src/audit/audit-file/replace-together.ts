import { rmSync } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { join, relative } from 'node:path'
import { ProbityError } from '../errors.js'
import { temporaryEnding } from '../disk/temporary-files.js'
import { syncFolder } from '../disk/whole-file.js'
import { FileExchange } from './file-exchange.js'
import type { ExchangeFiles } from './file-exchange.js'

/** The file calls that are made here, so that a test can make any one of them fail. */
export type FolderFiles = ExchangeFiles & Pick<typeof fileSystem, 'open' | 'readdir'>

/** Puts files that belong together into a folder: `write` makes them in a folder of their own inside it, and only when all are whole do they
 *  take the places of earlier ones; with them go those that `isEarlier` names and this run did not write. Gives the paths of the files, in the order of `write`.
 *  Rejects with its error, or the system's about the file in `folder`: every earlier file is then as it was (FileExchange). Only where the
 *  folder could not be synced at the very end, the new ones are all in place. */
export async function replaceTogether(
  folder: string,
  write: (staging: string) => Promise<readonly string[]>,
  isEarlier: (name: string) => boolean,
  files: FolderFiles = fileSystem,
): Promise<string[]> {
  const staging = join(folder, `.results${temporaryEnding()}`)
  let exchange: FileExchange | null = null
  let isMixed = false
  const clear = (): void => {
    exchange?.atExit()
    rmSync(staging, { recursive: true, force: true })
  }
  process.once('exit', clear)
  try {
    await files.mkdir(staging, { recursive: true, mode: 0o700 })
    const names = (await write(staging)).map((path) => relative(staging, path))
    const stale = await staleFiles(folder, (name) => isEarlier(name) && !names.includes(name), files)
    exchange = new FileExchange(files, { folder, staging, aside: join(staging, '.earlier') }, names, stale)
    await exchange.carryOut()
    await syncFolder(files, folder)
    return names.map((name) => join(folder, name))
  } catch (error) {
    isMixed = error instanceof ProbityError && error.code === 'out.mixed'
    throw aboutTarget(error, staging, folder)
  } finally {
    process.off('exit', clear)
    // an error of the work is the one to report
    if (!isMixed) await files.rm(staging, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function staleFiles(folder: string, isStale: (name: string) => boolean, files: FolderFiles): Promise<string[]> {
  const found = await files.readdir(folder, { withFileTypes: true })
  return found.filter((entry) => !entry.isDirectory() && isStale(entry.name)).map(({ name }) => name)
}

/** Nobody knows the folder where results are made; the file that was to come of it is known. */
function aboutTarget(error: unknown, staging: string, folder: string): unknown {
  if (!(error instanceof Error && 'path' in error && typeof error.path === 'string')) return error
  const inside = relative(staging, error.path)
  return inside.startsWith('..') ? error : Object.assign(error, { path: join(folder, inside) })
}
