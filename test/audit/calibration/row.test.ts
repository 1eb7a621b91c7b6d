import { describe, expect, it } from 'vitest'
import { calibrationRow, meanWithError, near, shareError, withWorstFirst } from '../../../src/audit/calibration/row.js'

const given = { what: 'parity.rule', images: [1], rates: [0.1], measured: 0.5 } as const

describe('calibrationRow', () => {
  it('fills in what is left out', () => {
    expect(calibrationRow(given)).toEqual({
      ...given,
      isMain: false,
      note: null,
      group: null,
      comparisons: null,
      nominal: null,
      unit: 'share',
      error: 0,
      target: null,
      met: null,
    })
  })

  it.each([
    [0.5, 0.6, true],
    [0.4, 0.5, true],
    [0.51, 0.6, false],
    [0.4, 0.49, false],
    [null, 0.5, true],
    [null, 0.49, false],
    [0.5, null, true],
    [0.51, null, false],
  ])('compares with a target from %f to %f, both ends included', (low, high, met) => {
    expect(calibrationRow({ ...given, target: { low, high } }).met).toBe(met)
  })
})

describe('withWorstFirst', () => {
  it('marks the worst row, and the first of equals', () => {
    const rows = [0.1, 0.9, 0.9].map((measured) => calibrationRow({ ...given, measured }))
    expect(withWorstFirst(rows, ({ measured }) => measured).map(({ isMain }) => isMain)).toEqual([false, true, false])
    expect(withWorstFirst([], () => 1)).toEqual([])
  })
})

describe('the errors of a simulation', () => {
  it('are those of a mean of shares', () => {
    // shares 0, 1, 1, 0: mean 1/2, standard deviation 1/2
    expect(meanWithError({ sum: 2, squares: 2, audits: 4 })).toEqual({ mean: 0.5, error: 0.25 })
    expect(meanWithError({ sum: 4, squares: 4, audits: 4 })).toEqual({ mean: 1, error: 0 })
  })

  it('are those of a share of audits, and never none', () => {
    expect(shareError(50, 100)).toBe(0.05)
    expect(shareError(0, 100)).toBeCloseTo(Math.sqrt(0.005 * 0.995) / 10, 12)
    expect(shareError(100, 100)).toBeCloseTo(shareError(0, 100), 12)
  })

  it('allow four of them on each side, within 0 and 1', () => {
    expect(near(0.5, 0.01)).toEqual({ low: 0.46, high: 0.54 })
    expect(near(0.01, 0.01).low).toBe(0)
    expect(near(0.99, 0.01).high).toBe(1)
  })
})
