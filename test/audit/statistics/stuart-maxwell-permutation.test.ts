import { describe, expect, it } from 'vitest'
import { mcnemarTest } from '../../../src/audit/statistics/mcnemar-test.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { stuartMaxwell } from '../../../src/audit/statistics/stuart-maxwell.js'
import { stuartMaxwellPermutation } from '../../../src/audit/statistics/stuart-maxwell-permutation.js'

function permuted(flow: number[][], draws: number, seed = 1) {
  return stuartMaxwellPermutation(flow, { draws, random: createRandom(seed) })
}

/** Three standard errors of a share found by `draws` draws. */
function error(share: number, draws: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / draws)
}

const published = [
  [20, 10, 5],
  [3, 30, 15],
  [0, 5, 40],
]
const apart = [
  [9, 3, 0, 0, 0],
  [0, 9, 0, 0, 0],
  [0, 0, 9, 0, 1],
  [0, 0, 0, 4, 0],
  [0, 0, 3, 0, 9],
]

describe('stuartMaxwellPermutation', () => {
  it('has the statistic of Stuart-Maxwell where that is defined, and nearly its p', () => {
    const { statistic, p, droppedCategories } = permuted(published, 2999)
    const asymptotic = stuartMaxwell(published)
    expect(statistic).toBe(asymptotic.statistic)
    expect(droppedCategories).toEqual([])
    expect(Math.abs(p - asymptotic.p)).toBeLessThan(0.002)
  })
  it('of two categories finds the exact p of McNemar', () => {
    for (const [onlyFirst, onlySecond] of [
      [2, 12],
      [9, 4],
      [0, 6],
    ]) {
      const { exact } = mcnemarTest({ both: 1, onlyFirst, onlySecond, neither: 1 })
      const { p } = permuted(
        [
          [50, onlyFirst],
          [onlySecond, 50],
        ],
        2999,
      )
      expect(Math.abs(p - exact)).toBeLessThan(error(exact, 3000))
    }
  })
  it('adds up the statistics of sets without flow between them', () => {
    const { statistic, droppedCategories, p } = permuted(apart, 2999)
    expect(statistic).toBeCloseTo(3 ** 2 / 3 + 2 ** 2 / 4, 12)
    expect(droppedCategories).toEqual([3])
    // by hand, x^2/3 + y^2/4 >= 4: x = ±3 with y = ±2 or ±4 (2/8 of 10/16), or x = ±1 with y = ±4 (6/8 of 2/16)
    expect(Math.abs(p - 0.25)).toBeLessThan(error(0.25, 3000))
  })
  it('is 1 where as many images moved each way: every draw reaches a statistic of 0', () =>
    expect(
      permuted(
        [
          [5, 3],
          [3, 5],
        ],
        99,
      ),
    ).toEqual({ statistic: 0, p: 1, droppedCategories: [] }))
  it('is never 0: with one draw it is 1/2 or 1', () => {
    const lopsided = [
      [0, 400],
      [0, 0],
    ]
    expect(permuted(lopsided, 1).p).toBe(0.5)
    expect(permuted(lopsided, 999).p).toBe(0.001)
  })
  it('gives the same p again from the same seed, and moves with the seed', () => {
    expect(permuted(published, 199, 7)).toEqual(permuted(published, 199, 7))
    const mild = [
      [5, 8],
      [4, 5],
    ]
    expect(new Set([1, 2, 3, 4].map((seed) => permuted(mild, 199, seed).p)).size).toBeGreaterThan(1)
  })
  it('refuses a number of draws that is none, and flow without movement', () => {
    for (const draws of [0, 1.5]) {
      expect(() => permuted(published, draws)).toThrow(
        `stuartMaxwellPermutation expected a whole number of draws from 1 but received ${draws}`,
      )
    }
    expect(() => permuted([[3]], 9)).toThrow('stuartMaxwellPermutation expected at least one image that changes')
  })
})
