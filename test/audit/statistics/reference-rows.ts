import { readFileSync } from 'node:fs'
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

/** Rows of one kind from reference-values.json, which make-reference-values.py made with scipy and mpmath. */
export function referenceRows<Input>(kind: string): ReferenceRow<Input>[] {
  const text = readFileSync(new URL('./reference-values.json', import.meta.url), 'utf8')
  const { rows } = JSON.parse(text) as { rows: ReferenceRow<Input>[] } // our own file; every field is compared below
  return rows.filter((row) => row.kind === kind)
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
