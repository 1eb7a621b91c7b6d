import { hostname } from 'node:os'
import { errorCode } from '../disk/error-code.js'
import { numbersOf } from '../disk/temporary-files.js'
import type { StoreFiles } from './store-files.js'

/** Who writes into a space. `started` tells a process from a later one with the same number, and `numbers` says whose process numbers `pid` is one of
 *  (numbersOf); both are null where the system does not say. */
export type LockHolder = {
  readonly pid: number
  readonly host: string
  readonly started: string | null
  readonly numbers: string | null
}

/** This process as the holder of a lock. */
export async function thisProcess(files: StoreFiles): Promise<LockHolder> {
  const { pid } = process
  return { pid, host: hostname(), started: await startOf(files, pid), numbers: numbersOf() }
}

/** Null for a lock that is being written now, or was when its machine stopped. */
export function parseHolder(text: string): LockHolder | null {
  try {
    const written = JSON.parse(text) as Partial<LockHolder> | null // each field is looked at
    const { pid, host, started, numbers } = written ?? {}
    if (typeof pid !== 'number' || typeof host !== 'string') return null
    return { pid, host, started: textOr(started), numbers: textOr(numbers) }
  } catch {
    return null
  }
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Whether a holder's process number is one that this process can look up. One that does not say whose it is came from an earlier draft. */
export function isNear(holder: LockHolder, mine: LockHolder): boolean {
  return holder.host === mine.host && (holder.numbers === null || holder.numbers === mine.numbers)
}

/** Whether a near holder's process is there, and is not a later one with its number, as far as the system says. */
export async function isAlive(files: StoreFiles, { pid, started }: LockHolder): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false
  }
  const now = await startOf(files, pid)
  return started === null || now === null || now === started
}

/** When a process was started, in the kernel's ticks; null where /proc does not tell. Field 22 of proc(5)'s stat, counted after the name. */
async function startOf(files: StoreFiles, pid: number): Promise<string | null> {
  const text = await files.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
