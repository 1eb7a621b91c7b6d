import { createHash } from 'node:crypto'
import { hostname } from 'node:os'

const OURS = /\.probity-([0-9a-f]{8})-(\d{1,10})\.tmp$/

/** How the name of a file ends that this process is writing. It names process and machine, so that what a killed run left can be told from
 *  what another run is writing now. */
export function temporaryEnding(): string {
  return `.probity-${machine()}-${process.pid}.tmp`
}

/** Those of some names that a process of this machine was writing and never will. */
export function leftBehind(names: readonly string[]): string[] {
  return names.filter((name) => {
    const [, host, pid] = OURS.exec(name) ?? []
    return host === machine() && hasEnded(Number(pid))
  })
}

/** A process number means nothing on another machine that shares the folder. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
