import { rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { leftBehind, temporaryEnding } from '../temporary-files.js'
import { errorCode, named } from './store-files.js'
import type { StoreFiles } from './store-files.js'

/** Writes a file whole or not at all, as far as a power failure is concerned too: temporary file, synced, renamed, folder synced. */
export async function writeWhole(files: StoreFiles, path: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${path}${temporaryEnding()}`
  await removeLeftovers(files, dirname(path))
  const clear = (): void => rmSync(temporary, { force: true })
  process.once('exit', clear)
  try {
    const handle = await files.open(temporary, 'w', 0o600)
    try {
      await handle.writeFile(data)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await files.rename(temporary, path)
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => undefined) // the first error is the one to report
    throw named(error, path)
  } finally {
    process.off('exit', clear)
  }
  await syncFolder(files, dirname(path))
}

/** What killed runs left half-written. It does no harm where it stays, but for the room. */
async function removeLeftovers(files: StoreFiles, folder: string): Promise<void> {
  const names = await files.readdir(folder).catch(() => [])
  for (const name of leftBehind(names)) await files.rm(join(folder, name), { force: true }).catch(() => undefined)
}

const MOST_ATTEMPTS = 5 // another process may take a folder away while this one makes what goes into it

/** Makes a folder that only its owner may read, with those above it, and makes their names last: a synced file in a folder whose name
 *  was lost with the power is lost too. One by one: `mkdir` with `recursive` never returns under /proc. */
export async function makeFolder(files: StoreFiles, folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const missing = await missingFolders(files, resolve(folder))
    try {
      for (const each of missing.toReversed()) await makeOne(files, each)
      for (const each of missing) await syncFolder(files, dirname(each))
      return
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || attempt === MOST_ATTEMPTS) throw error
    }
  }
}

/** The folders still to be made, the innermost first. */
async function missingFolders(files: StoreFiles, folder: string): Promise<string[]> {
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

async function makeOne(files: StoreFiles, folder: string): Promise<void> {
  try {
    await files.mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error // another process made it first
  }
}

/** Makes a new name last. Windows has no such call, and does without. */
export async function syncFolder(files: StoreFiles, folder: string): Promise<void> {
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
