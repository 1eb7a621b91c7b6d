import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '../../../src/audit/statistics/benjamini-hochberg.js'
import { CLOSED_FORM, expectClose } from './reference-rows.js'

// statsmodels 0.13.5 multipletests, as printed in the specification, A5
const P_VALUES = [0.001, 0.008, 0.039, 0.041, 0.6]
const ADJUSTED = [0.005, 0.02, 0.05125, 0.05125, 0.6]

describe('benjaminiHochberg', () => {
  it('gives the published values', () =>
    benjaminiHochberg(P_VALUES).forEach((p, place) => expectClose(p ?? undefined, ADJUSTED[place], CLOSED_FORM)))
  it('returns them in the order it was given', () => {
    const reversed = benjaminiHochberg([...P_VALUES].reverse())
    expect(reversed.reverse()).toEqual(benjaminiHochberg(P_VALUES))
  })
  it('leaves undefined p-values out of the family', () =>
    expect(benjaminiHochberg([null, ...P_VALUES, null])).toEqual([null, ...benjaminiHochberg(P_VALUES), null]))
  it('gives ties equal values', () => {
    const [first, second] = benjaminiHochberg([0.02, 0.02, 0.9])
    expect(first).toBe(second)
  })
  it('takes an empty family', () => expect(benjaminiHochberg([])).toEqual([]))
  it('does not change its input', () => expect(() => benjaminiHochberg(Object.freeze([0.5, 0.1]))).not.toThrow())
  it.each([-0.1, 1.1, NaN])('refuses a p-value of %s', (p) =>
    expect(() => benjaminiHochberg([0.1, p])).toThrow(
      `benjaminiHochberg expected a p-value from 0 to 1 but received ${p}`,
    ),
  )
})
