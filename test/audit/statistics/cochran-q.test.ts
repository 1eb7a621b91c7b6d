import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cochranQ, type RunPattern } from '../../../src/audit/statistics/cochran-q.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

function patterns(runs: number): fc.Arbitrary<RunPattern[]> {
  const pattern = fc.array(fc.boolean(), { minLength: runs, maxLength: runs })
  const some = fc.array(fc.record({ pattern, images: fc.integer({ min: 0, max: 1000 }) }), { maxLength: 12 })
  // one image that the runs treat differently, so that the test is defined
  return some.map((rest) => [{ pattern: Array.from({ length: runs }, (_, run) => run === 0), images: 1 }, ...rest])
}

describe('cochranQ', () => {
  it.each(referenceRows<{ patterns: RunPattern[] }>('cochran-q'))(
    'agrees with statsmodels and exact fractions: $expected.statistic',
    ({ input, expected }) => {
      const { statistic, degreesOfFreedom, p } = cochranQ(input.patterns)
      expectClose(statistic, expected.statistic, CLOSED_FORM)
      expect(degreesOfFreedom).toBe(expected.degreesOfFreedom)
      expectClose(p, expected.p, ROOT_FOUND)
    },
  )
  it('of the eight rows of the specification is 7 with two degrees of freedom', () => {
    const rows = ['110', '100', '111', '000', '110', '100', '010', '110']
    const result = cochranQ(rows.map((row) => ({ pattern: [...row].map((bit) => bit === '1'), images: 1 })))
    expect(result.statistic).toBe(7)
    expect(result.degreesOfFreedom).toBe(2)
    expectClose(result.p, 0.0301973834, 1e-8)
  })
  it('of two runs is McNemar’s chi-squared', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (first, second) => {
        const { statistic, degreesOfFreedom } = cochranQ([
          { pattern: [true, false], images: first },
          { pattern: [false, true], images: second },
        ])
        expectClose(statistic, (first - second) ** 2 / (first + second), CLOSED_FORM)
        expect(degreesOfFreedom).toBe(1)
      }),
    )
  })
  it('does not change with images that all runs treat alike, with the order of images or of runs', () => {
    fc.assert(
      fc.property(patterns(4), (rows) => {
        const { statistic } = cochranQ(rows)
        const alike = [true, false].map((all) => ({ pattern: [all, all, all, all], images: 500 }))
        expectClose(cochranQ([...rows, ...alike]).statistic, statistic, CLOSED_FORM)
        expectClose(cochranQ([...rows].reverse()).statistic, statistic, CLOSED_FORM)
        const turned = rows.map(({ pattern, images }) => ({ pattern: [...pattern].reverse(), images }))
        expectClose(cochranQ(turned).statistic, statistic, CLOSED_FORM)
      }),
    )
  })
  it('adds up a pattern that is listed twice', () => {
    const rows = [
      { pattern: [true, false, false], images: 3 },
      { pattern: [false, true, true], images: 2 },
    ]
    const split = [{ pattern: [true, false, false], images: 1 }, { ...rows[0], images: 2 }, rows[1]]
    expect(cochranQ(split)).toEqual(cochranQ(rows))
  })
  it('refuses images that all runs treat alike', () => {
    const alike = [
      { pattern: [true, true], images: 5 },
      { pattern: [false, false], images: 2 },
      { pattern: [true, false], images: 0 },
    ]
    expect(() => cochranQ(alike)).toThrow(
      'cochranQ expected at least one image that the runs treat differently but received none',
    )
    expect(() => cochranQ(alike)).toThrow(RangeError)
  })
  it('refuses fewer than two runs, patterns of unequal length, and counts that are none', () => {
    expect(() => cochranQ([])).toThrow('cochranQ expected patterns of at least 2 runs but received 0')
    expect(() => cochranQ([{ pattern: [true], images: 1 }])).toThrow('at least 2 runs but received 1')
    const good = { pattern: [true, false], images: 1 }
    expect(() => cochranQ([good, { pattern: [true], images: 1 }])).toThrow(
      'expected 2 runs in every pattern but received 1',
    )
    for (const images of [-1, 0.5]) {
      expect(() => cochranQ([good, { ...good, images }])).toThrow(`whole count of images from 0 but received ${images}`)
    }
  })
})
