import { rmSync } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { join, relative } from 'node:path'
import { temporaryEnding } from '../temporary-files.js'

/** The file calls that are made here, so that a test can make any one of them fail. */
export type FolderFiles = Pick<typeof fileSystem, 'mkdir' | 'readdir' | 'rename' | 'rm'>

/** Puts files that belong together into a folder: `write` makes them in a folder of their own inside it, and only when all are whole do they
 *  take the places of earlier ones; then go those that `isEarlier` names and this run did not write. A full disk leaves what was there before
 *  untouched. Gives the paths of the files, in the order of `write`; rejects with its error, or the system's. */
export async function replaceTogether(
  folder: string,
  write: (staging: string) => Promise<readonly string[]>,
  isEarlier: (name: string) => boolean,
  files: FolderFiles = fileSystem,
): Promise<string[]> {
  const staging = join(folder, `.results${temporaryEnding()}`)
  const clear = (): void => rmSync(staging, { recursive: true, force: true })
  process.once('exit', clear)
  try {
    await files.mkdir(staging, { recursive: true, mode: 0o700 })
    const names = (await write(staging)).map((path) => relative(staging, path))
    for (const name of names) await files.rename(join(staging, name), join(folder, name))
    const earlier = (await files.readdir(folder)).filter((name) => isEarlier(name) && !names.includes(name))
    for (const name of earlier) await files.rm(join(folder, name), { force: true })
    return names.map((name) => join(folder, name))
  } finally {
    process.off('exit', clear)
    await files.rm(staging, { recursive: true, force: true }).catch(() => undefined) // an error of the work is the one to report
  }
}
