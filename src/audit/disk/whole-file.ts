import { rmSync } from 'node:fs'
import type * as fileSystem from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode, named } from './error-code.js'
import { temporaryEnding } from './temporary-files.js'

/** The file calls that are made here, so that a test can make any one of them fail. */
export type WholeFiles = Pick<typeof fileSystem, 'open' | 'rename' | 'rm'>

/** Writes a file whole or not at all, as far as a power failure is concerned too: a temporary file beside it, synced, renamed over the old one, the
 *  folder synced. Parts of an iterable are written as they come. Mode 0600. Rejects with the system's error, which names `path`; the
 *  earlier file is then as it was, unless the folder alone could not be synced. */
export async function writeWhole(
  files: WholeFiles,
  path: string,
  data: string | Uint8Array | Iterable<string> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}${temporaryEnding()}`)
  const clear = (): void => rmSync(temporary, { force: true })
  process.once('exit', clear)
  try {
    const handle = await files.open(temporary, 'w', 0o600)
    try {
      const parts = typeof data === 'string' || data instanceof Uint8Array ? [data] : data
      for await (const part of parts) await handle.writeFile(part)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await files.rename(temporary, path)
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => undefined) // the first error is the one to report
    throw named(error, path, temporary)
  } finally {
    process.off('exit', clear)
  }
  await syncFolder(files, dirname(path))
}

/** Makes the names in a folder last. Windows has no such call, and does without. */
export async function syncFolder(files: Pick<WholeFiles, 'open'>, folder: string): Promise<void> {
  try {
    const handle = await files.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(errorCode(error))) throw named(error, folder)
  }
}
