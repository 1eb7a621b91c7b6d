import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

const OURS = /\.probity-([0-9a-f]{8})-(\d{1,10})\.tmp$/
const SILENT_MS = 3_600_000 // no file of ours takes an hour from one write to the next

/** How the name of a file ends that this process is writing. It names process and machine, so that what a killed run left can be told from
 *  what another run is writing now. */
export function temporaryEnding(): string {
  return `.probity-${place()}-${process.pid}.tmp`
}

/** Of some names, the temporary ones whose process has ended, and those of which this process cannot say: another machine's, those of another container, or from before
 *  the machine was started again. */
export function leftBehind(names: readonly string[]): { readonly ended: string[]; readonly unknown: string[] } {
  const [ended, unknown]: string[][] = [[], []]
  for (const name of names) {
    const [, where, pid] = OURS.exec(name) ?? []
    if (where === undefined) continue
    if (where !== place()) unknown.push(name)
    else if (hasEnded(Number(pid))) ended.push(name)
  }
  return { ended, unknown }
}

/** Whether a temporary file of an unknown process, last written at `changedMs`, is taken for one that nobody writes any more. */
export function longSilent(changedMs: number, nowMs: number): boolean {
  return nowMs - changedMs > SILENT_MS
}

/** Where process numbers are those that this process sees: this start of the machine, and this set of numbers in it (containers have sets of their own, and
 *  may share a host's name). Null where the system does not say. See namespaces(7) and random(4). */
export function numbersOf(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return null
  }
}

let known: string | null = null

/** A process number means nothing on another machine that shares the folder, nor in another container. */
function place(): string {
  return (known ??= createHash('sha256')
    .update(`${hostname()} ${numbersOf() ?? ''}`)
    .digest('hex')
    .slice(0, 8))
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
