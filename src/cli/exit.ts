import { dirname } from 'node:path'
import { CommanderError } from 'commander'
import { escaped, Interrupted, ProbityError, PullInterrupted, saysMemoryShort } from '../audit/errors.js'
import { inWords, isSystemError, type SystemError } from '../audit/system-errors.js'
import { shortenHomes, shownFolder } from './home-folder.js'
import { commandLine, counted, shownBytes } from './shown.js'

/** Exit codes: 0 ran (and passed), 1 a gate or a verification failed, 2 bad usage or definition, 3 evidence incomplete,
 *  70 a fault of Probity itself (EX_SOFTWARE of sysexits.h). */
export const EXIT = { passed: 0, failed: 1, badUsage: 2, incomplete: 3, ownFault: 70, interrupted: 130 } as const

/** Not wrong from the start: something changed under the run. */
const FAILED_WHILE_RUNNING: readonly string[] = [
  'model.changed',
  'store.damaged',
  'out.mixed',
  'hub.busy',
  'hub.unreachable',
  'isolate.ended',
  'memory.short',
  'queue.unreachable',
  'queue.server',
  'queue.shards',
]

/** Prints one plain message and ends the process with the designed code. `--debug` adds the stack and the cause. */
export function exitWith(error: unknown): never {
  const debug = process.argv.includes('--debug')
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? EXIT.passed : EXIT.badUsage)
  process.stderr.write(`${shortenHomes(describe(error))}\n`)
  if (debug && error instanceof Error) process.stderr.write(shortenHomes(`${error.stack ?? ''}\n${causeOf(error)}`)) // it is pasted into issues
  if (error instanceof Interrupted || error instanceof PullInterrupted) process.exit(EXIT.interrupted)
  if (error instanceof ProbityError && FAILED_WHILE_RUNNING.includes(error.code)) process.exit(EXIT.incomplete)
  if (saysMemoryShort(error)) process.exit(EXIT.incomplete)
  process.exit(error instanceof ProbityError ? EXIT.badUsage : isSystemError(error) ? EXIT.incomplete : EXIT.ownFault)
}

function describe(error: unknown): string {
  if (error instanceof ProbityError) return error.message
  if (error instanceof Interrupted) return describeInterruption(error)
  if (error instanceof PullInterrupted) return describeStoppedPull(error)
  if (isSystemError(error) && FULL.includes(error.code)) return describeFull(error)
  if (isSystemError(error))
    return `${escaped(error.path ?? 'a file')}: ${inWords(error.code)}. Nothing was left half-written`
  if (saysMemoryShort(error))
    return 'There is not enough memory. What was embedded is kept: give the run more of it, and run it again'
  const message = error instanceof Error ? error.message : String(error)
  return `probity stopped on an error of its own: ${escaped(message)}. Run again with --debug and report it`
}

const FULL: readonly string[] = ['ENOSPC', 'EDQUOT']

/** A temporary file that is gone again is nothing to a reader; the folder is what has no room. */
function describeFull({ code, path }: SystemError): string {
  const where = path === undefined ? 'the folder of --out or --store' : escaped(dirname(path))
  return `${where}: ${inWords(code)}. Free some room there, or name another folder with --out or --store, and run it again: vectors in the store are kept. Nothing was left half-written`
}

function describeInterruption({ progress: { embedded, left, isKept } }: Interrupted): string {
  if (!isKept) return 'Interrupted. Without a store nothing was kept.'
  return `Interrupted: ${counted(embedded, 'image')} embedded and kept by this run, ${left} left. To go on, run it again:\n  ${commandLine()}`
}

function describeStoppedPull({ kept }: PullInterrupted): string {
  if (kept === null) return 'Interrupted before anything was pulled.'
  const { bytes, staging } = kept
  return `Interrupted: ${shownBytes(bytes)} are kept in ${shownFolder(staging)}. To go on, run it again:\n  ${commandLine()}`
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? `caused by ${error.cause.stack ?? error.cause.message}\n` : ''
}
