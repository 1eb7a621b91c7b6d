import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'

/** Closed forms differ from 50-digit arithmetic only by rounding; root-found bounds and p-values may differ a little more. */
export const CLOSED_FORM = 1e-12
export const ROOT_FOUND = 1e-9

export type ReferenceRow<Input> = {
  readonly kind: string
  readonly source: string
  readonly input: Input
  readonly expected: Readonly<Record<string, number | 'Infinity'>>
}
export type OneProportion = Proportion & { readonly alpha: number }
export type TwoProportions = { readonly group: Proportion; readonly reference: Proportion; readonly alpha: number }

const FOLDER = new URL('./references/', import.meta.url)

/** Rows of one kind from the files in references/, each made by the script beside it with scipy, statsmodels, R or exact
 *  arithmetic; `source` says which. Throws where there is none: a test without rows would pass. */
export function referenceRows<Input>(kind: string): ReferenceRow<Input>[] {
  const rows = allRows<Input>().filter((row) => row.kind === kind)
  if (rows.length === 0) throw new Error(`no reference values of kind ${kind}`)
  return rows
}

/** Every reference row of every file. */
export function allRows<Input>(): ReferenceRow<Input>[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const { rows } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { rows: ReferenceRow<Input>[] } // our own files; every field is compared below
      return rows
    })
}

/** Relative agreement; equal values, zeros and infinities included, always agree. */
export function expectClose(
  actual: number | undefined,
  expected: number | 'Infinity' | undefined,
  tolerance: number,
): void {
  const wanted = expected === 'Infinity' ? Infinity : (expected ?? NaN)
  if (actual === wanted) return
  expect(Math.abs((actual ?? NaN) - wanted), `${actual} against ${wanted}`).toBeLessThanOrEqual(
    tolerance * Math.abs(wanted),
  )
}
