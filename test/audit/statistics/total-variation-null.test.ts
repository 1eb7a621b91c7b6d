import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { totalVariationNull } from '../../../src/audit/statistics/total-variation-null.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

const labels = (images: number) => Array.from({ length: 22 }, (_, label) => Math.floor((images + label) / 22))

function nullOf(first: readonly number[], second: readonly number[], draws = 999) {
  return totalVariationNull({ first, second, draws, random: createRandom(5) })
}

describe('totalVariationNull', () => {
  it.each(referenceRows<{ first: number[]; second: number[] }>('total-variation-null'))(
    'agrees with all splits, each with its probability: $input',
    ({ input, expected }) => {
      const found = nullOf(input.first, input.second, 4999)
      expectClose(found.observed, expected.observed, CLOSED_FORM)
      expectClose(found.expected, expected.expected, CLOSED_FORM)
      const p = Number(expected.p)
      expect(Math.abs(found.p - p)).toBeLessThan(3 * Math.sqrt((p * (1 - p)) / 5000) + 1 / 5000)
      expect(Math.abs(found.mean - Number(expected.mean))).toBeLessThan(0.01)
    },
  )
  it.each([
    // specification, A9: 22 equal labels
    [118, 10836, 0.17, 0.216],
    [750, 10204, 0.069, 0.089],
  ])('of %i against %i images is as published', (first, second, mean, percentile95) => {
    const found = nullOf(labels(first), labels(second))
    expect(Math.abs(found.expected - mean)).toBeLessThan(0.001)
    expect(Math.abs(found.mean - mean)).toBeLessThan(0.003)
    expect(Math.abs(found.percentile95 - percentile95)).toBeLessThan(0.006)
  })
  it('finds all draws as far apart as equal distributions, and none as far as distributions without a common label', () => {
    expect(nullOf([5, 5], [10, 10], 99).p).toBe(1)
    expect(nullOf([50, 0], [0, 50], 99)).toMatchObject({ observed: 1, p: 0.01 })
  })
  it('refuses sides that cannot be compared, and a number of draws that is none', () => {
    expect(() => nullOf([1], [1, 2])).toThrow('totalVariationNull expected counts of the same labels')
    expect(() => nullOf([1, 2], [1, 2], 0)).toThrow('totalVariationNull expected a whole number of draws')
  })
})
