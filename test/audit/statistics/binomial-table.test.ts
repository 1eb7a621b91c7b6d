import { describe, expect, it } from 'vitest'
import { binomialTable } from '../../../src/audit/statistics/binomial-table.js'
import { binomialTail } from '../../../src/audit/statistics/binomial-tail.js'

describe('binomialTable', () => {
  it.each([
    [30, 0.05],
    [118, 0.5],
    [750, 0.999],
    [10954, 0.144],
    [5, 1e-9],
  ])('agrees with the binomial tail for %i trials at %d', (total, rate) => {
    const table = binomialTable(total, rate)
    expect(table).toHaveLength(total + 1)
    for (const count of [0, 1, Math.round(total * rate), total - 1, total].filter((k) => k >= 0 && k <= total)) {
      expect(table[count]).toBeCloseTo(binomialTail('at-most', { count, total }, rate), 11)
    }
  })
  it('never falls and ends at 1', () => {
    const table = [...binomialTable(500, 0.03)]
    expect(table).toEqual([...table].sort((a, b) => a - b))
    expect(table.at(-1)).toBe(1)
  })
  it('is certain at rates of 0 and 1, and without trials', () => {
    expect([...binomialTable(3, 0)]).toEqual([1, 1, 1, 1])
    expect([...binomialTable(3, 1)]).toEqual([0, 0, 0, 1])
    expect([...binomialTable(0, 0.5)]).toEqual([1])
  })
  it.each([
    [-1, 0.5],
    [1.5, 0.5],
    [3, -0.1],
    [3, 1.1],
    [3, NaN],
  ])('refuses %s trials at %s', (total, rate) =>
    expect(() => binomialTable(total, rate)).toThrow(
      new RangeError(`binomialTable expected a whole total and a rate from 0 to 1 but received ${total} and ${rate}`),
    ),
  )
})
