import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { thisProcess } from './lock-holder.js'
import { lockManifest } from './manifest-lock.js'
import type { StoreFiles } from './store-files.js'
import { lockFile, lockSpace } from './store-lock.js'
import type { StoreLock } from './store-lock.js'

const AT_ONCE = { onWait: () => undefined, impatient: true }

/** Shows that this process writes into a space beside others, with a lock of its own: it keeps nobody from writing, only from purging. Called under
 *  the lock of the manifest. Null where it cannot be shown. */
export async function lockBeside(files: StoreFiles, folder: string): Promise<StoreLock | null> {
  const mine = createHash('sha256').update(JSON.stringify(await thisProcess(files))).digest('hex') // prettier-ignore
  const lock = await lockFile(files, join(folder, `lock-${mine.slice(0, 16)}`), AT_ONCE)
  return typeof lock === 'string' ? null : lock
}

/** Every lock of a space, for who must be alone with it; 'held' where somebody writes. Locks that killed processes left behind are removed. Where none
 *  can be made, nobody is kept away. */
export async function lockAll(files: StoreFiles, folder: string): Promise<StoreLock | 'held'> {
  const locks: StoreLock[] = []
  const all = {
    touch: async () => {
      for (const lock of locks) await lock.touch()
    },
    release: async () => {
      const failed: unknown[] = []
      for (const lock of locks.splice(0).reverse()) await lock.release().catch((error: unknown) => failed.push(error)) // one that fails keeps no other
      if (failed.length > 0) throw failed[0]
    },
  }
  try {
    const first = await lockManifest(files, folder) // nobody begins meanwhile
    if (typeof first === 'object') locks.push(first)
    const names = (await files.readdir(folder)).filter((name) => /^lock-[0-9a-f]{16}$/.test(name))
    const rest = [
      () => lockSpace(files, folder, AT_ONCE),
      ...names.map((name) => () => lockFile(files, join(folder, name), AT_ONCE)),
    ]
    for (const take of rest) {
      const lock = await take()
      if (typeof lock === 'object') locks.push(lock)
      if (lock !== 'held') continue
      await all.release()
      return 'held'
    }
    return all
  } catch (error) {
    await all.release().catch(() => undefined) // the first error is the one to report
    throw error
  }
}
