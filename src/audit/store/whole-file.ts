import { dirname } from 'node:path'
import { errorCode } from './store-files.js'
import type { StoreFiles } from './store-files.js'

/** Writes a file whole or not at all, as far as a power failure is concerned too: temporary file, synced, renamed, folder synced. */
export async function writeWhole(files: StoreFiles, path: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
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
  }
  await syncFolder(files, dirname(path))
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
