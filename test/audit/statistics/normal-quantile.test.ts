import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../../src/audit/statistics/normal-quantile.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('normalQuantile', () => {
  it.each(referenceRows<{ alpha: number }>('normal-quantile'))(
    'agrees with scipy at $input.alpha',
    ({ input, expected }) => expectClose(normalQuantile(input.alpha), expected.value, CLOSED_FORM),
  )
  it('is 1.959963984540054 at 0.025', () => expectClose(normalQuantile(0.025), 1.959963984540054, 1e-15))
  it('is 0 at one half', () => expect(normalQuantile(0.5)).toBe(0))
  it.each([0, 1, -0.1, NaN])('refuses a level of %s', (alpha) =>
    expect(() => normalQuantile(alpha)).toThrow(
      new RangeError(`normalQuantile expected a level between 0 and 1 but received ${alpha}`),
    ),
  )
})
