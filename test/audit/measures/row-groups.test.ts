import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyOf } from '../../../src/audit/measures/row-groups.js'

describe('keyOf', () => {
  it('names attributes and values', () => {
    expect(
      keyOf([
        ['race', 'Middle Eastern'],
        ['gender', 'Male'],
      ]),
    ).toBe('race=Middle Eastern&gender=Male')
  })

  it('tells any two groups apart, whatever marks they hold', () => {
    const text = fc.array(fc.constantFrom('a', '=', '&', '/', '%', '3', 'd', ' x '), { maxLength: 3 })
    const pair = fc.tuple(
      text.map((parts) => parts.join('')),
      text.map((parts) => parts.join('')),
    )
    const group = fc.array(pair, { minLength: 1, maxLength: 2 })
    fc.assert(
      fc.property(group, group, (one, other) => {
        expect(keyOf(one) === keyOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })
})
