import { CommanderError } from 'commander'
import { escaped, Interrupted, ProbityError, PullInterrupted, saysMemoryShort } from '../audit/errors.js'
import { shortenHomes, shownFolder } from './home-folder.js'
import { commandLine, counted, shownBytes } from './shown.js'

/** Exit codes: 0 ran (and passed), 1 a gate or a verification failed, 2 bad usage or definition, 3 evidence incomplete. */
export const EXIT = { passed: 0, failed: 1, badUsage: 2, incomplete: 3, interrupted: 130 } as const

/** Node opens the files of a program nearly all at once when it loads them; an audit needs about thirty after that. */
const OPEN_FILES_NEEDED = 320

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'this is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'no more may be written here (quota)',
  EIO: 'the disk failed',
  EMFILE: `too many files are open: Probity needs ${OPEN_FILES_NEEDED} (ulimit -n ${OPEN_FILES_NEEDED})`,
  ENFILE: 'too many files are open on this machine',
  EROFS: 'the file system is read-only',
  ENOMEM: 'there is not enough memory',
}

/** Not wrong from the start: something changed under the run. */
const FAILED_WHILE_RUNNING: readonly string[] = [
  'model.changed',
  'store.damaged',
  'hub.busy',
  'hub.unreachable',
  'isolate.ended',
  'memory.short',
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
  process.exit(error instanceof ProbityError ? EXIT.badUsage : isSystemError(error) ? EXIT.incomplete : EXIT.badUsage)
}

function describe(error: unknown): string {
  if (error instanceof ProbityError) return error.message
  if (error instanceof Interrupted) return describeInterruption(error)
  if (error instanceof PullInterrupted) return describeStoppedPull(error)
  if (isSystemError(error))
    return `${escaped(error.path ?? 'a file')}: ${SYSTEM_ERRORS[error.code] ?? error.code}. Nothing was left half-written`
  if (saysMemoryShort(error))
    return 'There is not enough memory. What was embedded is kept: give the run more of it, and run it again'
  const message = error instanceof Error ? error.message : String(error)
  return `probity stopped on an error of its own: ${escaped(message)}. Run again with --debug and report it`
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

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in SYSTEM_ERRORS
}
