import type * as fileSystem from 'node:fs/promises'
import { join } from 'node:path'
import { leftBehind, longSilent, temporaryEnding } from './temporary-files.js'

/** The file calls that are made here, so that a test can make any one of them fail. */
export type LeftoverFiles = Pick<typeof fileSystem, 'open' | 'readdir' | 'rm' | 'stat'>

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
