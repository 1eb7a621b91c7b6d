import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { homogeneityTest } from '../../../src/audit/statistics/homogeneity-test.js'
import { pooledZ } from '../../../src/audit/statistics/pooled-z.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

type Table = number[][]

/** Three groups and four outcomes, each cell up to a thousand, empty cells often; the diagonal keeps rows and columns apart. */
const tables: fc.Arbitrary<Table> = fc
  .array(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1000 })), { minLength: 4, maxLength: 4 }), {
    minLength: 3,
    maxLength: 3,
  })
  .map((table) => table.map((row, i) => row.map((count, j) => (i === j ? count + 1 : count))))

const scaled = (table: Table, factor: number): Table => table.map((row) => row.map((count) => count * factor))

describe('homogeneityTest', () => {
  it.each(referenceRows<{ table: Table }>('homogeneity'))(
    'agrees with scipy, R and mpmath: $input.table',
    ({ input, expected }) => {
      const { pearson, likelihoodRatio, degreesOfFreedom, emptyRows, emptyColumns } = homogeneityTest(input.table)
      expectClose(pearson.statistic, expected.pearson, CLOSED_FORM)
      expectClose(likelihoodRatio.statistic, expected.likelihoodRatio, ROOT_FOUND)
      expect(degreesOfFreedom).toBe(expected.degreesOfFreedom)
      if (Number(expected.pearsonP) > 1e-300) expectClose(pearson.p, expected.pearsonP, ROOT_FOUND)
      expectClose(likelihoodRatio.p, expected.likelihoodRatioP, ROOT_FOUND)
      expect([emptyRows, emptyColumns]).toEqual([[], []])
    },
  )
  it('is as the specification prints', () => {
    // specification, A4 and B3
    const three = homogeneityTest([
      [1, 49],
      [3, 47],
      [6, 44],
    ])
    expectClose(three.pearson.statistic, 4.07142857, 1e-8)
    expectClose(three.pearson.p, 0.130587173, 1e-8)
    expectClose(three.likelihoodRatio.statistic, 4.28584533, 1e-8)
    expectClose(three.likelihoodRatio.p, 0.117311479, 1e-8)
    const crime = [[92, 1556], [73, 1550], [66, 1516], [135, 1623], [147, 1209], [77, 1415], [767, 2085]] // prettier-ignore
    const races = homogeneityTest(crime.map(([count, total]) => [count, total - count]))
    expectClose(races.pearson.statistic, 1465.78791, 1e-8)
    expectClose(races.likelihoodRatio.statistic, 1210.42784, 1e-8)
    expect(races.degreesOfFreedom).toBe(6)
    expect(races.expectedTooSmall).toBe(false)
    expectClose(homogeneityTest([[45, 65], [20, 410]]).pearson.statistic, 108.756169, 1e-8) // prettier-ignore
  })
  it('of two groups and two outcomes is the square of the pooled z', () => {
    const { pearson } = homogeneityTest([[56, 14], [48, 32]]) // prettier-ignore
    const { z, p } = pooledZ({ count: 56, total: 70 }, { count: 48, total: 80 })
    expectClose(pearson.statistic, z * z, CLOSED_FORM)
    expectClose(pearson.p, p, CLOSED_FORM)
  })
  it('does not change with the order of groups or outcomes, nor with rows for columns', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const columns = [0, 1, 2, 3].filter((column) => table.some((row) => row[column] > 0))
        const turned = columns.map((column) => table.map((row) => row[column]))
        const { pearson, likelihoodRatio, degreesOfFreedom } = homogeneityTest(table)
        for (const other of [[...table].reverse(), table.map((row) => [...row].reverse()), turned]) {
          const result = homogeneityTest(other)
          expectClose(result.pearson.statistic, pearson.statistic, 1e-11)
          expectClose(result.likelihoodRatio.statistic, likelihoodRatio.statistic, 1e-9)
          expect(result.degreesOfFreedom).toBe(degreesOfFreedom)
        }
      }),
    )
  })
  it('grows with the images where the shares stay', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 100 }), (table, factor) => {
        const [once, often] = [homogeneityTest(table), homogeneityTest(scaled(table, factor))]
        expectClose(often.pearson.statistic, factor * once.pearson.statistic, 1e-11)
        expectClose(often.likelihoodRatio.statistic, factor * once.likelihoodRatio.statistic, 1e-9)
      }),
    )
  })
  it('is 0 with a p of 1 where all groups have the same shares', () => {
    const { pearson, likelihoodRatio } = homogeneityTest([[10, 20, 30], [1, 2, 3], [100, 200, 300]]) // prettier-ignore
    expect(pearson).toEqual({ statistic: 0, p: 1 })
    expect(likelihoodRatio).toEqual({ statistic: 0, p: 1 })
  })
  it('leaves out groups and outcomes without images, and lists them', () => {
    const plain = homogeneityTest([[3, 9], [8, 4]]) // prettier-ignore
    const withEmpty = homogeneityTest([[3, 0, 9], [0, 0, 0], [8, 0, 4]]) // prettier-ignore
    expect(withEmpty).toEqual({ ...plain, emptyRows: [1], emptyColumns: [1] })
  })
  it.each([
    [[[5, 5], [5, 5]], false, 'all expected counts are 5'], // prettier-ignore
    [[[5, 5], [5, 4]], true, 'three of four are below 5'], // prettier-ignore
    [[[4, 46], [5, 45], [6, 44]], false, 'all three are 5'], // prettier-ignore
    [[[1, 19], [1, 19], [13, 187], [13, 187], [13, 187]], false, 'two of ten, just 20 %, are 1.28'], // prettier-ignore
    [[[1, 19], [1, 19], [1, 19], [13, 187], [13, 187]], true, 'three of ten are below 5'], // prettier-ignore
    [[[1, 9], [10, 90], [50, 450], [50, 450], [50, 450]], false, 'one of ten is just 1'], // prettier-ignore
    [[[0, 10], [10, 90], [50, 450], [50, 450], [50, 450]], true, 'one of ten is 0.99'], // prettier-ignore
  ])('of %j says that expected counts are too small: %s, as %s', (table, isTooSmall) =>
    expect(homogeneityTest(table).expectedTooSmall).toBe(isTooSmall),
  )
  it('does not change its input', () => {
    const frozen = Object.freeze([Object.freeze([3, 0, 9]), Object.freeze([8, 0, 4])])
    expect(() => homogeneityTest(frozen)).not.toThrow()
  })
  it('refuses a table with one group', () => {
    expect(() => homogeneityTest([[3, 4]])).toThrow(RangeError)
    expect(() => homogeneityTest([[3, 4]])).toThrow('homogeneityTest expected at least two rows and two columns')
  })
})
