import { rmSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { errorCode, named } from '../disk/error-code.js'
import { timeOfDisk } from '../disk/leftovers.js'
import { isAlive, isNear, parseHolder, thisProcess } from './lock-holder.js'
import type { LockHolder } from './lock-holder.js'
import { makeFolder } from './make-folder.js'
import { isUnsupported } from './store-files.js'
import type { StoreFiles } from './store-files.js'

export type { LockHolder }

export type StoreLock = {
  /** Shows that the holder is alive; called while vectors are written. */
  readonly touch: () => Promise<void>
  readonly release: () => Promise<void>
}

export type LockOptions = {
  /** Called once, before waiting. */
  readonly onWait: (holder: LockHolder) => void
  readonly signal?: AbortSignal | undefined
  /** Do not wait: 'held' at once when somebody else writes. */
  readonly impatient?: boolean
  /** It is held for moments only. So whoever holds it is waited for, on another machine as well, and one that is silent for a minute is taken for dead. */
  readonly brief?: boolean
}

const POLL_MS = 250
const SILENT_MS = 600_000 // a holder on another machine that wrote nothing for ten minutes is taken for dead
const BRIEF_SILENT_MS = 60_000 // whoever replaces one file needs seconds, on a slow network disk too
const MOST_LOOKS = 40 // at what is there and not there: a link to nowhere stays so, a lock that is released now does not
/** Paths of the locks that this process has now. One that bears its name and is not among them could not be removed when it was released. */
const HELD = new Set<string>()

const UNREADABLE_MS = 5_000 // a lock without a holder is one that is being written now, or was when its machine stopped

/** Why there is no lock: somebody else has it, or none can be made there. */
export type NoLock = 'held' | 'none here'

/**
 * The lock of a space, or why this process should write without it. It only saves work: each process writes segments of its
 * own, so two writers never spoil each other's vectors. A holder on this machine is waited for, because both would share its
 * cores; one on another machine is not, nor is a file system that cannot make a file exclusively. A lock whose process has ended, or that another machine left behind, is taken over.
 * A process of another container counts as on another machine, whatever its host is called. Rejects with an AbortError when `signal` fires while it waits.
 */
export function lockSpace(files: StoreFiles, folder: string, options: LockOptions): Promise<StoreLock | NoLock> {
  return lockFile(files, join(folder, 'lock'), options)
}

/** The same for a lock at any path, which is made with its folder. */
export async function lockFile(files: StoreFiles, path: string, options: LockOptions): Promise<StoreLock | NoLock> {
  const { onWait, signal, impatient = false, brief = false } = options
  const mine = await thisProcess(files)
  for (let waited = false, looks = 0; ;) {
    const handle = await create(files, path, mine)
    if (handle === 'no locks') return 'none here'
    if (handle !== null) return goneAtExit(path, held(files, path, handle, mine))
    const lock = await readLock(files, path)
    if (lock === 'no file') return 'none here'
    if (lock === 'gone') {
      if (++looks > MOST_LOOKS) return 'none here'
      await setTimeout(POLL_MS / 10, undefined, { signal })
      continue
    }
    looks = 0 // others come and go
    if (await isAbandoned(files, path, lock, { mine, brief })) {
      await clearAbandoned(files, path, { mine, brief })
      continue
    }
    if (impatient || !(brief || lock.holder === null || isNear(lock.holder, mine))) return 'held'
    if (!waited && lock.holder !== null) onWait(lock.holder)
    waited = true
    await setTimeout(POLL_MS, undefined, { signal })
  }
}

/** Null where somebody else made it first. */
async function create(files: StoreFiles, path: string, mine: LockHolder): Promise<FileHandle | 'no locks' | null> {
  await makeFolder(files, dirname(path)) // a purge may have taken it away while this process waited
  const handle = await files.open(path, 'wx', 0o600).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return null
    if (isUnsupported(error)) return 'no locks' as const
    throw error
  })
  if (handle === null || handle === 'no locks') return handle
  try {
    await writeHolder(handle, mine)
    return handle
  } catch (error) {
    await handle.close().catch(() => undefined) // the first error is the one to report
    await files.rm(path, { force: true }).catch(() => undefined)
    throw named(error, path)
  }
}

function held(files: StoreFiles, path: string, handle: FileHandle, mine: LockHolder): StoreLock {
  HELD.add(path)
  return {
    touch: async () => {
      await writeHolder(handle, mine).catch(() => undefined) // what was written beside it is whole all the same
    },
    release: async () => {
      HELD.delete(path)
      try {
        await handle.close().catch((error: unknown) => {
          throw named(error, path)
        })
      } finally {
        const lock = await readLock(files, path) // also when it does not close: this process would wait for itself
        if (typeof lock === 'object' && lock.holder?.pid === mine.pid && isNear(lock.holder, mine)) {
          await files.rm(path, { force: true })
        }
      }
    },
  }
}

/** A process that is stopped at once takes its lock along. */
function goneAtExit(path: string, lock: StoreLock): StoreLock {
  const clear = (): void => rmSync(path, { force: true })
  process.once('exit', clear)
  return {
    ...lock,
    release: async () => {
      process.off('exit', clear) // from here on it may be another's
      await lock.release()
    },
  }
}

async function writeHolder(handle: FileHandle, mine: LockHolder): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(mine))
  for (let written = 0; written < bytes.length;) {
    written += (await handle.write(bytes, written, bytes.length - written, written)).bytesWritten
  }
}

type Lock = { readonly holder: LockHolder | null; readonly changedMs: number }

async function readLock(files: StoreFiles, path: string): Promise<Lock | 'gone' | 'no file'> {
  try {
    const { mtimeMs } = await files.stat(path)
    return { holder: parseHolder(await files.readFile(path, 'utf8')), changedMs: mtimeMs }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'gone'
    if (errorCode(error) === 'EISDIR' || errorCode(error) === 'ELOOP') return 'no file' // whose it is nobody knows: it is left there
    throw error
  }
}

type Waiter = { readonly mine: LockHolder; readonly brief: boolean }

async function isAbandoned(
  files: StoreFiles,
  path: string,
  { holder, changedMs }: Lock,
  { mine, brief }: Waiter,
): Promise<boolean> {
  if (holder !== null && isNear(holder, mine)) {
    if (holder.pid === mine.pid && !HELD.has(path)) return true
    if (!(await isAlive(files, holder))) return true
    if (holder.started !== null && !brief) return false // known to be the very process; elsewhere another one may have its number by now
  }
  const silentMs = (await timeOfDisk(files, path)) - changedMs
  return silentMs > (holder === null ? UNREADABLE_MS : brief ? BRIEF_SILENT_MS : SILENT_MS)
}

/** Removes an abandoned lock. Of several processes that find it one does, and looks once more: the others would remove what was made in its place. */
async function clearAbandoned(files: StoreFiles, path: string, waiter: Waiter): Promise<void> {
  const guard = `${path}.clearing`
  const handle = await files.open(guard, 'wx', 0o600).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') return null
    throw error
  })
  if (handle === null && !(await isOld(files, guard))) return setTimeout(POLL_MS / 10)
  try {
    const lock = await readLock(files, path)
    if (typeof lock === 'object' && (await isAbandoned(files, path, lock, waiter)))
      await files.rm(path, { force: true })
  } finally {
    await handle?.close().catch(() => undefined) // nothing is in it
    await files.rm(guard, { force: true })
  }
}

/** Whether nobody will remove a guard any more: whoever made it was killed within moments. */
async function isOld(files: StoreFiles, guard: string): Promise<boolean> {
  const found = await files.stat(guard).catch(() => null)
  return found !== null && (await timeOfDisk(files, guard)) - found.mtimeMs > BRIEF_SILENT_MS
}
