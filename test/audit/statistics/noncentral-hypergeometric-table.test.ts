import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherExact } from '../../../src/audit/statistics/fisher-exact.js'
import { fourfoldTables, type FourfoldTable, type Stratum } from '../../../src/audit/statistics/fourfold-tables.js'
import { noncentralHypergeometricTable } from '../../../src/audit/statistics/noncentral-hypergeometric-table.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import { stratum } from './strata-samples.js'

const tableOf = (one: Stratum): FourfoldTable => fourfoldTables('here', [one], 'four-margins').tables[0]

describe('noncentralHypergeometricTable', () => {
  it.each(referenceRows<{ stratum: Stratum; oddsRatio: number; count: number }>('noncentral-hypergeometric'))(
    'agrees with sums of binomial coefficients in 50 digits: $input',
    ({ input, expected }) => {
      const { lowest, cumulative } = noncentralHypergeometricTable(tableOf(input.stratum), input.oddsRatio)
      expect(lowest).toBe(expected.lowest)
      expect(cumulative).toHaveLength(Number(expected.places))
      expectClose(cumulative[input.count - lowest], expected.atMost, ROOT_FOUND)
    },
  )
  it('at an odds ratio of 1 gives the lower p of Fisher’s exact test', () => {
    const [group, reference] = [{ count: 9, total: 40 }, { count: 30, total: 70 }] // prettier-ignore
    const { lowest, cumulative } = noncentralHypergeometricTable(tableOf({ group, reference }), 1)
    expectClose(cumulative[9 - lowest], fisherExact(group, reference).less, 1e-12)
  })
  it('rises to 1, lower where the odds ratio is higher', () => {
    const full = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(full, full, full, full, fc.double({ min: -6, max: 6, noNaN: true }), (a, b, c, d, exponent) => {
        const table = tableOf(stratum(a, b, c, d))
        const { cumulative } = noncentralHypergeometricTable(table, 10 ** exponent)
        const higher = noncentralHypergeometricTable(table, 1.5 * 10 ** exponent).cumulative
        expect([...cumulative]).toEqual([...cumulative].sort((one, other) => one - other))
        expect(cumulative[cumulative.length - 1]).toBe(1)
        cumulative.forEach((chance, place) => expect(higher[place]).toBeLessThanOrEqual(chance * (1 + 1e-12)))
      }),
    )
  })
  it('of a million images neither under- nor overflows', () => {
    const { lowest, cumulative } = noncentralHypergeometricTable(tableOf(stratum(1000, 499000, 900, 499100)), 1e-3)
    expect(lowest).toBe(0)
    expect(cumulative).toHaveLength(1901)
    expect(cumulative.findIndex((chance) => chance > 0.5)).toBe(2)
  })
})
