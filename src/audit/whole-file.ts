import { rmSync } from 'node:fs'
import * as fileSystem from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { leftBehind, longSilent, temporaryEnding } from './temporary-files.js'

/** The file calls that are made here, so that a test can make any one of them fail. */
export type WholeFiles = Pick<typeof fileSystem, 'open' | 'rename' | 'rm'>
export type LeftoverFiles = Pick<typeof fileSystem, 'open' | 'readdir' | 'rm' | 'stat'>

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

/** Removes what killed runs left half-written in a folder: those of this machine's processes that have ended, and whatever else of the kind nobody has
 *  written to for an hour. What cannot be removed stays; it does no harm, but for the room. */
export async function removeLeftovers(files: LeftoverFiles, folder: string): Promise<void> {
  const { ended, unknown } = leftBehind(await files.readdir(folder).catch(() => []))
  const silent = unknown.length === 0 ? [] : await silentAmong(files, folder, unknown).catch(() => [])
  for (const name of [...ended, ...silent]) {
    await files.rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

async function silentAmong(files: LeftoverFiles, folder: string, names: readonly string[]): Promise<string[]> {
  const now = await timeOfDisk(files, join(folder, '.clock'))
  const silent: string[] = []
  for (const name of names) {
    const found = await files.stat(join(folder, name)).catch(() => null)
    if (found !== null && longSilent(found.mtimeMs, now)) silent.push(name)
  }
  return silent
}

/** The disk's own clock in milliseconds, since another machine's need not agree with ours. `path` is where a file may be made for a moment. */
export async function timeOfDisk(files: Pick<LeftoverFiles, 'open' | 'rm'>, path: string): Promise<number> {
  const probe = `${path}${temporaryEnding()}`
  const handle = await files.open(probe, 'w', 0o600)
  try {
    return (await handle.stat()).mtimeMs
  } finally {
    await handle.close()
    await files.rm(probe, { force: true })
  }
}

/** The folders still to be made for this one to be there, the innermost first. */
export async function missingFolders(files: Pick<LeftoverFiles, 'stat'>, folder: string): Promise<string[]> {
  const missing: string[] = []
  for (let path = folder; dirname(path) !== path; path = dirname(path)) {
    const isThere = await files.stat(path).then(
      () => true,
      () => false,
    )
    if (isThere) break
    missing.push(path)
  }
  return missing
}

/** Of a system error, its code; of anything else, ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** A handle does not say which file it is; whoever reads the message must know. An error about `temporary`, a file on the way to the one that was
 *  wanted, is one about that. */
export function named(error: unknown, path: string, temporary?: string): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return 'path' in error && error.path !== temporary ? error : Object.assign(error, { path })
}
