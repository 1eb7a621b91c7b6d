import { describe, expect, it } from 'vitest'
import { pooledZ } from '../../../src/audit/statistics/pooled-z.js'
import { ROOT_FOUND, CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('pooledZ', () => {
  it.each(referenceRows<TwoProportions>('pooled-z'))(
    'agrees with 50-digit arithmetic: $input',
    ({ input, expected }) => {
      const { z, p } = pooledZ(input.group, input.reference)
      expectClose(z, expected.z, CLOSED_FORM)
      expectClose(p, expected.p, ROOT_FOUND)
    },
  )
  it('gives the published values', () => {
    // statsmodels 0.13.5 proportions_ztest, as printed in the specification, A3
    const first = pooledZ({ count: 56, total: 70 }, { count: 48, total: 80 })
    expectClose(first.z, 2.65017195, 1e-8)
    expectClose(first.p, 0.00804508137, 1e-8)
    const second = pooledZ({ count: 0, total: 30 }, { count: 224, total: 1556 })
    expectClose(second.z, -2.24255384, 1e-8)
    expectClose(second.p, 0.0249255999, 1e-8)
  })
  it('refuses counts without variation', () => {
    const message = 'pooledZ expected some but not all observations to be counted but received'
    expect(() => pooledZ({ count: 0, total: 5 }, { count: 0, total: 5 })).toThrow(new RangeError(`${message} 0 of 10`))
    expect(() => pooledZ({ count: 5, total: 5 }, { count: 3, total: 3 })).toThrow(`${message} 8 of 8`)
  })
  it('refuses a side without images', () => {
    const message = 'pooledZ expected a total of at least one observation but received 0'
    expect(() => pooledZ({ count: 0, total: 0 }, { count: 1, total: 2 })).toThrow(message)
    expect(() => pooledZ({ count: 1, total: 2 }, { count: 0, total: 0 })).toThrow(message)
  })
})
