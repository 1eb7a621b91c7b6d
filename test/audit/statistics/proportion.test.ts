import { describe, expect, it } from 'vitest'
import { requireProportion } from '../../../src/audit/statistics/proportion.js'

describe('requireProportion', () => {
  it('accepts none of one and all of many', () => {
    expect(() => requireProportion('here', { count: 0, total: 1 })).not.toThrow()
    expect(() => requireProportion('here', { count: 1000000, total: 1000000 })).not.toThrow()
  })
  it.each([
    [0, 0],
    [1, -1],
    [0, 2.5],
    [0, NaN],
    [-1, 5],
    [6, 5],
    [0.5, 5],
    [NaN, 5],
    [0, Infinity],
  ])('refuses %s of %s', (count, total) =>
    expect(() => requireProportion('here', { count, total })).toThrow(RangeError),
  )
  it('names the function, what it expected and what it received', () => {
    expect(() => requireProportion('wilsonInterval', { count: 7, total: 5 })).toThrow(
      'wilsonInterval expected a whole count from 0 to 5 but received 7',
    )
  })
})
