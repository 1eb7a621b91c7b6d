import { describe, expect, it } from 'vitest'
import { binomialTail } from '../../../src/audit/statistics/binomial-tail.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

type Input = { count: number; total: number; rate: number }

describe('binomialTail', () => {
  it.each(referenceRows<Input>('binomial-tail'))('agrees with scipy: $input', ({ input, expected }) => {
    expectClose(binomialTail('at-least', input, input.rate), expected.atLeast, ROOT_FOUND)
    expectClose(binomialTail('at-most', input, input.rate), expected.atMost, ROOT_FOUND)
  })
  it('gives the published one-sided p-values of a declared ceiling', () => {
    // scipy 1.10.1 binomtest, as printed in the specification
    expectClose(binomialTail('at-least', { count: 8, total: 10 }, 0.5), 0.0546875, CLOSED_FORM)
    expectClose(binomialTail('at-least', { count: 460, total: 500 }, 0.9), 0.07508929, 1e-7)
    expectClose(binomialTail('at-least', { count: 6, total: 20 }, 0.1), 0.011253134, 1e-7)
  })
  it('keeps its digits far in the tail', () => {
    expectClose(binomialTail('at-least', { count: 100, total: 100 }, 0.001), 1e-300, ROOT_FOUND)
    expectClose(binomialTail('at-most', { count: 0, total: 100 }, 0.999), 1e-300, ROOT_FOUND)
  })
  it('is certain that at least none and at most all are counted', () => {
    expect(binomialTail('at-least', { count: 0, total: 5 }, 0)).toBe(1)
    expect(binomialTail('at-most', { count: 5, total: 5 }, 1)).toBe(1)
  })
  it('is exact at rates of 0 and 1', () => {
    expect(binomialTail('at-least', { count: 1, total: 5 }, 0)).toBe(0)
    expect(binomialTail('at-least', { count: 5, total: 5 }, 1)).toBe(1)
    expect(binomialTail('at-most', { count: 4, total: 5 }, 1)).toBe(0)
    expect(binomialTail('at-most', { count: 0, total: 5 }, 0)).toBe(1)
  })
  it.each([-0.1, 1.1, NaN])('refuses a rate of %s', (rate) =>
    expect(() => binomialTail('at-least', { count: 1, total: 2 }, rate)).toThrow(
      new RangeError(`binomialTail expected a rate from 0 to 1 but received ${rate}`),
    ),
  )
  it('refuses a count above the total', () =>
    expect(() => binomialTail('at-least', { count: 3, total: 2 }, 0.5)).toThrow('binomialTail expected a whole count'))
})
