import { spawnSync } from 'node:child_process'
import type { SpawnSyncOptionsWithStringEncoding } from 'node:child_process'
import { expect } from 'vitest'
import { MAIN, testEnvironment, type Ran } from '../e2e/run-cli.js'
import { sayWaited } from '../support/time-in-children.js'
import { LONGEST, longestWait } from './bad-input.js'

export type RunOptions = Pick<SpawnSyncOptionsWithStringEncoding, 'cwd' | 'env' | 'uid' | 'gid' | 'input'>

/** `work`: milliseconds of processor time; infinite where the process was killed. `wall`: of the clock on the wall. */
type Timed = Ran & { readonly work: number; readonly wall: number }

const KILLED_AFTER = 60_000 // a hang uses no processor time

/** Says on descriptor 3 how much processor time was used: on a machine that is busy with other tests the clock on the wall says little. */
const TELL_TIME = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs'
process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(3, String((user + system) / 1000)) })`,
)}`

/** A line of a stack trace, of ours or of Node. */
const STACK_LINE = /^\s+at .*:\d+(:\d+)?\)?$/m

/** What is told while a run goes on, beside faults. */
const PROGRESS_LINE = /^\d+ images: /

/** Runs the built command line on a bad input and holds it to what every bad input owes: an end within five seconds of work and
 *  twenty on the wall, and no stack trace. */
export function ends(status: number, args: readonly string[], options: RunOptions = {}): Ran {
  const ran = runsThrough(status, args, options)
  expect(Math.min(ran.work, ran.wall), `milliseconds of work of probity ${args.join(' ')}`).toBeLessThan(LONGEST)
  expect(ran.wall, `milliseconds on the wall of probity ${args.join(' ')}`).toBeLessThan(longestWait())
  return ran
}

/** The same for a run that does all its work beside a bad input, which takes as long as the work does. */
export function runsThrough(status: number, args: readonly string[], options: RunOptions = {}): Timed {
  const ran = timed(args, options)
  const shown = `probity ${args.join(' ')}\n${ran.stderr}`
  expect(`${ran.stdout}\n${ran.stderr}`, shown).not.toMatch(STACK_LINE)
  expect(ran.stderr, shown).not.toMatch(/stopped on an error of its own/)
  expect(ran.status, shown).toBe(status)
  return ran
}

/** Exit 2 with one line per fault in the grammar *where: expected X but received Y*, one of which is the message. */
export function refused(args: readonly string[], message: RegExp, options: RunOptions & { lines?: number } = {}): Ran {
  const ran = ends(2, args, options)
  const lines = ran.stderr.trimEnd().split('\n').filter((line) => !PROGRESS_LINE.test(line)) // prettier-ignore
  expect(ran.stderr).toMatch(message)
  expect(lines, ran.stderr).toHaveLength(options.lines ?? 1)
  for (const line of lines) expect(line).toMatch(/: .*expected .* but received .*|^\.\.\. and \d+ more$/)
  return ran
}

/** The same refusal with `--debug` has the stack trace that is kept from everybody else. */
export function debugged(args: readonly string[], options: RunOptions = {}): void {
  expect(timed([...args, '--debug'], options).stderr).toMatch(STACK_LINE)
}

function timed(args: readonly string[], options: RunOptions): Timed {
  const start = performance.now()
  const { status, stdout, stderr, output } = spawnSync(process.execPath, ['--import', TELL_TIME, MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: testEnvironment(),
    timeout: KILLED_AFTER,
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    ...options,
  })
  const wall = performance.now() - start
  sayWaited(wall)
  const used = Number.parseFloat(output[3] ?? '')
  return { status, stdout, stderr, work: Number.isNaN(used) ? Infinity : used, wall }
}
