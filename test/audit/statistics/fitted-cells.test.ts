import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fittedCells } from '../../../src/audit/statistics/fitted-cells.js'
import { fourfoldTables, type FourfoldTable, type Stratum } from '../../../src/audit/statistics/fourfold-tables.js'
import { expectClose, referenceRows } from './reference-rows.js'
import { stratum } from './strata-samples.js'

const tableOf = (one: Stratum): FourfoldTable => fourfoldTables('here', [one], 'four-margins').tables[0]

describe('fittedCells', () => {
  it.each(referenceRows<{ stratum: Stratum; oddsRatio: number }>('fitted-cells'))(
    'agrees with halving in 50 digits, in every cell: $expected',
    ({ input, expected }) => {
      const [a, b, c, d] = fittedCells(tableOf(input.stratum), input.oddsRatio)
      expectClose(a, expected.a, 1e-12)
      expectClose(b, expected.b, 1e-12)
      expectClose(c, expected.c, 1e-12)
      expectClose(d, expected.d, 1e-12)
    },
  )
  it('has the margins of the table and the odds ratio asked for', () => {
    const full = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(full, full, full, full, fc.double({ min: -8, max: 8, noNaN: true }), (a, b, c, d, exponent) => {
        const oddsRatio = 10 ** exponent
        const table = tableOf(stratum(a, b, c, d))
        const fitted = fittedCells(table, oddsRatio)
        expectClose(fitted[0] + fitted[1], table.groupTotal, 1e-12)
        expectClose(fitted[2] + fitted[3], table.referenceTotal, 1e-12)
        expectClose(fitted[0] + fitted[2], table.counted, 1e-12)
        expectClose((fitted[0] / fitted[1]) * (fitted[3] / fitted[2]), oddsRatio, 1e-11)
        expect(Math.min(...fitted)).toBeGreaterThan(0)
      }),
    )
  })
  it('returns the cells of a table asked for its own odds ratio', () =>
    fittedCells(tableOf(stratum(12, 5, 3, 9)), 108 / 15).forEach((cell, place) =>
      expectClose(cell, [12, 5, 3, 9][place], 1e-13),
    ))
})
