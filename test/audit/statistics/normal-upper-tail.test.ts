import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../../src/audit/statistics/normal-quantile.js'
import { normalUpperTail } from '../../../src/audit/statistics/normal-upper-tail.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

describe('normalUpperTail', () => {
  it.each(referenceRows<{ z: number }>('normal-upper-tail'))('agrees with scipy at $input.z', ({ input, expected }) =>
    expectClose(normalUpperTail(input.z), expected.value, CLOSED_FORM),
  )
  it('is 0 and 1 at the infinite ends', () =>
    expect([normalUpperTail(Infinity), normalUpperTail(-Infinity)]).toEqual([0, 1]))
  it('undoes the quantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.999, noNaN: true }), (alpha) =>
        expectClose(normalUpperTail(normalQuantile(alpha)), alpha, ROOT_FOUND),
      ),
    )
  })
  it('refuses a value that is no number', () =>
    expect(() => normalUpperTail(NaN)).toThrow(new RangeError('normalUpperTail expected a number but received NaN')))
})
