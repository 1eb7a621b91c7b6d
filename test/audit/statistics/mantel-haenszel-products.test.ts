import { describe, expect, it } from 'vitest'
import { fourfoldTables } from '../../../src/audit/statistics/fourfold-tables.js'
import { mantelHaenszelProducts } from '../../../src/audit/statistics/mantel-haenszel-products.js'
import { stratum } from './strata-samples.js'

function productsOf(...cells: [number, number, number, number][]) {
  return mantelHaenszelProducts(fourfoldTables('here', cells.map((four) => stratum(...four)), 'both-sides').tables) // prettier-ignore
}

describe('mantelHaenszelProducts', () => {
  it('adds up the products of opposite cells, each over its stratum', () => {
    // by hand: 1 * 3 / 6 and 2 * 5 / 12; 1 * 1 / 6 and 4 * 1 / 12
    const { along, across } = productsOf([1, 1, 1, 3], [2, 4, 1, 5])
    expect(along).toBeCloseTo(0.5 + 10 / 12, 14)
    expect(across).toBeCloseTo(1 / 6 + 4 / 12, 14)
  })
  it('is 0 one way where every stratum lies at that end', () => {
    expect(productsOf([0, 3, 1, 2], [2, 2, 4, 0])).toEqual({ along: 0, across: 3 / 6 + 8 / 8 })
    expect(productsOf([3, 0, 1, 2])).toEqual({ along: 1, across: 0 })
  })
})
