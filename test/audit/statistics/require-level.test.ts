import { describe, expect, it } from 'vitest'
import { requireLevel } from '../../../src/audit/statistics/require-level.js'

describe('requireLevel', () => {
  it('accepts a level between 0 and 1', () => expect(() => requireLevel('here', 1e-300)).not.toThrow())
  it.each([0, 1, -1, 2, NaN])('refuses %s and names the caller', (alpha) =>
    expect(() => requireLevel('here', alpha)).toThrow(`here expected a level between 0 and 1 but received ${alpha}`),
  )
})
