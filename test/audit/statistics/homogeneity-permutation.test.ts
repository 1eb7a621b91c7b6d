import { describe, expect, it } from 'vitest'
import { fisherExact } from '../../../src/audit/statistics/fisher-exact.js'
import { homogeneityPermutation } from '../../../src/audit/statistics/homogeneity-permutation.js'
import { homogeneityTest } from '../../../src/audit/statistics/homogeneity-test.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

type Table = readonly (readonly number[])[]

function permuted(table: Table, draws: number, seed = 1) {
  return homogeneityPermutation(table, { draws, random: createRandom(seed) })
}

/** Three standard errors of a share found by `draws` draws. */
function error(share: number, draws: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / draws)
}

describe('homogeneityPermutation', () => {
  it.each(referenceRows<{ table: Table }>('homogeneity-permutation'))(
    'comes near the p over all tables with these margins: $input.table',
    ({ input, expected }) => {
      const { statistic, p } = permuted(input.table, 9999)
      expectClose(statistic, expected.statistic, CLOSED_FORM)
      expect(Math.abs(p - Number(expected.p))).toBeLessThanOrEqual(error(Number(expected.p), 9999))
    },
  )
  it('has the statistic of Pearson, and nearly its p where counts are large', () => {
    const table = [[30, 50, 120], [45, 60, 95], [38, 41, 121]] // prettier-ignore
    const { pearson } = homogeneityTest(table)
    const { statistic, p } = permuted(table, 4999)
    expect(statistic).toBe(pearson.statistic)
    expect(Math.abs(p - pearson.p)).toBeLessThan(0.015)
  })
  it('of two groups and two outcomes of equal size finds the two-sided p of Fisher', () => {
    const exact = fisherExact({ count: 9, total: 10 }, { count: 3, total: 10 }).twoSided
    expect(Math.abs(permuted([[9, 1], [3, 7]], 9999).p - exact)).toBeLessThan(error(exact, 9999)) // prettier-ignore
  })
  it('is 1 where all groups have the same shares, and of a million images too', () => {
    expect(permuted([[2, 4], [3, 6], [1, 2]], 99)).toEqual({ statistic: 0, p: 1 }) // prettier-ignore
    expect(permuted([[300_000, 200_000], [300_000, 200_000]], 99)).toEqual({ statistic: 0, p: 1 }) // prettier-ignore
  })
  it('is never 0, and takes 9,999 draws unless told', () => {
    const apart = [[40, 0, 0], [0, 30, 9]] // prettier-ignore
    expect(permuted(apart, 1).p).toBe(0.5)
    expect(homogeneityPermutation(apart, { random: createRandom(1) }).p).toBe(0.0001)
  })
  it('is as without rows and columns that have no images', () => {
    const table = [[3, 0, 9], [0, 0, 0], [8, 0, 4]] // prettier-ignore
    expect(permuted(table, 199)).toEqual(permuted([[3, 9], [8, 4]], 199)) // prettier-ignore
  })
  it('gives the same p again from the same seed, and moves with the seed', () => {
    const table = [[1, 49], [3, 47], [6, 44]] // prettier-ignore
    expect(permuted(table, 199, 7)).toEqual(permuted(table, 199, 7))
    expect(new Set([1, 2, 3, 4].map((seed) => permuted(table, 199, seed).p)).size).toBeGreaterThan(1)
  })
  it('refuses a number of draws that is none, and a table with one group', () => {
    expect(() => permuted([[1, 2], [3, 4]], 0)).toThrow('homogeneityPermutation expected a whole number of draws from 1') // prettier-ignore
    expect(() => permuted([[1, 2]], 9)).toThrow('homogeneityPermutation expected at least two rows and two columns')
  })
})
