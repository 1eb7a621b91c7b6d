import { rmSync } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { dirname, join, basename } from 'node:path'
import { leftBehind, temporaryEnding } from '../temporary-files.js'

/** The file calls that are made here, so that a test can make any one of them fail. */
export type WholeFiles = Pick<typeof fileSystem, 'open' | 'rename' | 'rm'>

/** Writes a file whole or not at all: a temporary file beside it, synced, then renamed over the old one. Parts of an iterable are
 *  written as they come; they may be made while they are written. Mode 0600, since results may describe private data. Rejects with the system's error; the earlier file
 *  stays as it was. */
export async function writeFileWhole(
  path: string,
  data: string | Iterable<string> | AsyncIterable<Uint8Array>,
  files: WholeFiles = fileSystem,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}${temporaryEnding()}`)
  const clear = (): void => rmSync(temporary, { force: true })
  process.once('exit', clear)
  try {
    const handle = await files.open(temporary, 'w', 0o600)
    try {
      for await (const part of typeof data === 'string' ? [data] : data) await handle.writeFile(part)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await files.rename(temporary, path)
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => undefined) // the first error is the one to report
    throw error
  } finally {
    process.off('exit', clear)
  }
}

/** Removes what killed runs of this machine left half-written in a folder. What cannot be removed stays. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await fileSystem.readdir(folder).catch(() => [])
  for (const name of leftBehind(names))
    await fileSystem.rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
}
