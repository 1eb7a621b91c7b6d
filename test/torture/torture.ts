import { appendFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect } from 'vitest'

/** One line of the table in docs/reliability.md. */
export type TortureRow = {
  /** Where the fault was planted: `store`, `model`, `images`, `text`, `run`, `parsers`, `verify`. */
  readonly where: string
  /** What was done to it, as a reader would say it: "each file call in turn fails with EIO". */
  readonly fault: string
  readonly tried: number
  /** Rows, vectors or files that were whole before the fault, are owed to the user after it, and are gone or unaccounted for. */
  readonly lost: number
  /** Times that something false was given out: a wrong vector or count, a fault taken for a success, a stack trace, a hang. */
  readonly wrong: number
}

/** `npm run torture` tries everything as often as docs/reliability.md says; `npm test` a slice of it. */
const isFull = process.env['PROBITY_TORTURE'] === 'full'

/** What all randomness of a loop starts from: another one with `npm run torture -- --seed N`. */
export const TORTURE_SEED = Number(process.env['PROBITY_TORTURE_SEED'] ?? 1)

/** How often to try: `slice` times in the suite, `full` times under `npm run torture`. */
export function tries(slice: number, full: number): number {
  return isFull ? full : slice
}

/** How long a loop that counts by time may take, in milliseconds. */
export function upTo(sliceSeconds: number, fullSeconds: number): number {
  return 1_000 * (isFull ? fullSeconds : sliceSeconds)
}

/** What a loop has to say beside its line: a fault as it was seen, a measurement. */
export function tell(what: object): void {
  process.stderr.write(`${JSON.stringify(what)}\n`)
}

/** Ends a loop: notes its line for the table, and holds it to nothing lost and nothing wrong. */
export function settle(row: TortureRow): void {
  const rows = process.env['PROBITY_TORTURE_ROWS']
  if (rows !== undefined)
    appendFileSync(rows, `${JSON.stringify({ ...row, loop: loopOf(expect.getState().testPath ?? '') })}\n`)
  expect(row.tried, `${row.fault}: nothing was tried`).toBeGreaterThan(0)
  expect(row, row.fault).toMatchObject({ lost: 0, wrong: 0 })
}

/** What a loop is called with `npm run torture -- NAME`. */
function loopOf(file: string): string {
  return basename(file, '.test.ts')
}
