import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { leftBehind, temporaryEnding } from '../temporary-files.js'
import { errorCode } from './store-files.js'
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
    throw error
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
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(errorCode(error))) throw error
  }
}
