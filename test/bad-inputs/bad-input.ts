import { availableParallelism, loadavg } from 'node:os'
import { expect, it } from 'vitest'
import { timeInChildren } from '../support/time-in-children.js'

/** No bad input may hold anybody up for longer, in milliseconds. */
export const LONGEST = 5_000

const LONGEST_WAIT = 20_000

/** The same by the clock on the wall, in milliseconds: who waits uses no processor. Wide, and wider while others want the processors: a wait adds
 *  nothing to that load, so it excuses none. */
export function longestWait(): number {
  return LONGEST_WAIT * Math.max(1, loadavg()[0] / availableParallelism())
}

const HANGS = 120_000 // wall time, on a machine that is busy with other tests

type Check = () => void | Promise<void>

/**
 * One bad input: the row of the list that it belongs to (docs/bad-inputs.md, "The list"), a short name, and what must come of it.
 * Written out with a number and a text, so that test/bad-inputs/register.test.ts can read from the source what is there.
 */
export function badInput(row: number, name: string, check: Check): void {
  it(`row ${row}: ${name}`, { timeout: HANGS }, () => quickly(check))
}

/** Several bad inputs of one row that differ in what is given. Each entry begins with its name. */
export function badInputs<const Entry extends readonly [name: string, ...given: unknown[]]>(
  row: number,
  entries: readonly Entry[],
  check: (...given: Given<Entry>) => void | Promise<void>,
): void {
  for (const [name, ...given] of entries)
    it(`row ${row}: ${name}`, { timeout: HANGS }, () => quickly(() => check(...(given as Given<Entry>)))) // an entry without its name
}

/** What an entry gives after its name; of several forms, any. */
type Given<Entry> = Entry extends readonly [string, ...infer Rest] ? Rest : never

/** Holds a check to what every bad input owes: that something is checked at all, and that it is over soon. Work is the time of this process, not of the
 *  clock on the wall: other tests run beside. Both in milliseconds; what is spent in runs of the command line is held where they are started. */
export async function quickly(check: Check, { work = LONGEST, wait = longestWait() } = {}): Promise<void> {
  const [before, start, assertions, children] = [
    process.cpuUsage(),
    performance.now(),
    assertionsMade(),
    timeInChildren(),
  ]
  await check()
  const { user, system } = process.cpuUsage(before)
  if (assertionsMade() === assertions) throw new Error('this bad input checks nothing')
  expect((user + system) / 1_000, 'milliseconds of work').toBeLessThan(work)
  expect(performance.now() - start - (timeInChildren() - children), 'milliseconds on the wall').toBeLessThan(wait)
}

function assertionsMade(): number {
  return expect.getState().assertionCalls
}
