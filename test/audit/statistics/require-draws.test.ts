import { describe, expect, it } from 'vitest'
import { requireDraws } from '../../../src/audit/statistics/require-draws.js'

describe('requireDraws', () => {
  it.each([0, -1, 1.5, NaN, Infinity])('refuses %s draws', (draws) =>
    expect(() => requireDraws('caller', draws)).toThrow(
      `caller expected a whole number of draws from 1 but received ${draws}`,
    ),
  )
  it('takes one', () => expect(() => requireDraws('caller', 1)).not.toThrow())
})
