import type { CalibrationRow } from '../types/calibration.js'

/** Standard errors of the simulation that a simulated figure may lie away from what it should be. Four, so that one figure in
 *  16,000 misses by chance alone. */
export const ERRORS_ALLOWED = 4

type Given = Pick<CalibrationRow, 'what' | 'images' | 'rates' | 'measured'> & Partial<CalibrationRow>

/** A row with what it leaves out filled in, and whether it meets its target. */
export function calibrationRow(given: Given): CalibrationRow {
  const row = {
    isMain: false,
    note: null,
    group: null,
    comparisons: null,
    nominal: null,
    unit: 'share' as const,
    error: 0,
    target: null,
    ...given,
  }
  return { ...row, met: row.target === null ? null : isInside(row.measured, row.target) }
}

/** The rows with the one that `badness` rates highest marked as one to read first. Of equals the first. */
export function withWorstFirst(
  rows: readonly CalibrationRow[],
  badness: (row: CalibrationRow) => number,
): CalibrationRow[] {
  const worst = rows.reduce((found, row, place) => (badness(row) > badness(rows[found]) ? place : found), 0)
  return rows.map((row, place) => (place === worst ? { ...row, isMain: true } : row))
}

/** The mean of shares that were seen in simulated audits, and its standard error. */
export function meanWithError({ sum, squares, audits }: { sum: number; squares: number; audits: number }): {
  readonly mean: number
  readonly error: number
} {
  const mean = sum / audits
  return { mean, error: Math.sqrt(Math.max(0, squares / audits - mean * mean) / audits) }
}

/** Standard error of a share of simulated audits. At 0 and at all of them it is taken one half audit inside, so that it does
 *  not claim to be exact. */
export function shareError(count: number, audits: number): number {
  const share = Math.min(audits - 0.5, Math.max(0.5, count)) / audits
  return Math.sqrt((share * (1 - share)) / audits)
}

/** A simulated figure must lie this near to an exact one. */
export function near(exact: number, error: number): { readonly low: number; readonly high: number } {
  return { low: Math.max(0, exact - ERRORS_ALLOWED * error), high: Math.min(1, exact + ERRORS_ALLOWED * error) }
}

function isInside(measured: number, { low, high }: NonNullable<CalibrationRow['target']>): boolean {
  return (low === null || measured >= low) && (high === null || measured <= high)
}
