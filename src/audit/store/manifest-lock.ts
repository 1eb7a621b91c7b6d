import { join } from 'node:path'
import { lockFile } from './store-lock.js'
import type { NoLock, StoreLock } from './store-lock.js'
import type { StoreFiles } from './store-files.js'

/** The lock of a space's manifest. Each has it for moments, and each is waited for, on other machines too. */
export function lockManifest(files: StoreFiles, folder: string): Promise<StoreLock | NoLock> {
  return lockFile(files, join(folder, 'manifest-lock'), { onWait: () => undefined, brief: true })
}

/** What processes do to a manifest one after the other: each reads what the last one wrote. Where no lock can be made, it is done without. */
export async function underManifestLock<Result>(
  files: StoreFiles,
  folder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = await lockManifest(files, folder)
  try {
    return await work()
  } finally {
    if (typeof lock === 'object') await lock.release()
  }
}
