import { expect, it } from 'vitest'

/** No bad input may hold anybody up for longer, in milliseconds. */
export const LONGEST = 5_000

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

/** Time of this process, not of the clock on the wall: other tests run beside. What is spent in children is held by `refused`. */
async function quickly(check: Check): Promise<void> {
  const before = process.cpuUsage()
  await check()
  const { user, system } = process.cpuUsage(before)
  expect.soft((user + system) / 1_000, 'milliseconds of work').toBeLessThan(LONGEST)
  expect.hasAssertions()
}
