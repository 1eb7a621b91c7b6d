import { describe, expect, it } from 'vitest'
import { logFactorials } from '../../../src/audit/statistics/log-factorials.js'
import { expectClose, referenceRows } from './reference-rows.js'

describe('logFactorials', () => {
  it('starts with 0 for 0 and 1', () => {
    expect([...logFactorials(0)]).toEqual([0])
    expect([...logFactorials(1)]).toEqual([0, 0])
  })
  it('agrees with 50-digit arithmetic to the last bit or two', () => {
    const logs = logFactorials(1_000_000)
    for (const { input, expected } of referenceRows<{ n: number }>('log-factorial')) {
      expectClose(logs[input.n], expected.value, 4e-16)
    }
  })
})
