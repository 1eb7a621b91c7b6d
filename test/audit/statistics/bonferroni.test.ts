import { describe, expect, it } from 'vitest'
import { bonferroni } from '../../../src/audit/statistics/bonferroni.js'
import { CLOSED_FORM, expectClose } from './reference-rows.js'

// statsmodels 0.13.5 multipletests, as printed in the specification, A5
const P_VALUES = [0.001, 0.008, 0.039, 0.041, 0.6]
const ADJUSTED = [0.005, 0.04, 0.195, 0.205, 1]

describe('bonferroni', () => {
  it('gives the published values', () =>
    bonferroni(P_VALUES).forEach((p, place) => expectClose(p ?? undefined, ADJUSTED[place], CLOSED_FORM)))
  it('returns them in the order it was given', () => {
    const reversed = bonferroni([...P_VALUES].reverse())
    expect(reversed.reverse()).toEqual(bonferroni(P_VALUES))
  })
  it('leaves undefined p-values out of the family', () =>
    expect(bonferroni([null, ...P_VALUES, null])).toEqual([null, ...bonferroni(P_VALUES), null]))
  it('gives ties equal values', () => {
    const [first, second] = bonferroni([0.02, 0.02, 0.9])
    expect(first).toBe(second)
  })
  it('takes an empty family', () => expect(bonferroni([])).toEqual([]))
  it('does not change its input', () => expect(() => bonferroni(Object.freeze([0.5, 0.1]))).not.toThrow())
  it.each([-0.1, 1.1, NaN])('refuses a p-value of %s', (p) =>
    expect(() => bonferroni([0.1, p])).toThrow(`bonferroni expected a p-value from 0 to 1 but received ${p}`),
  )
})
