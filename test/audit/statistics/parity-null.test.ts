import { describe, expect, it } from 'vitest'
import { createSplitter } from '../../../src/audit/statistics/hypergeometric-split.js'
import { parityNull } from '../../../src/audit/statistics/parity-null.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { SPREAD_MEASURES } from '../../../src/audit/statistics/spread-of-counts.js'
import type { SpreadMeasure } from '../../../src/audit/statistics/spread-of-counts.js'
import { CRIME, RACES, distanceToUniform, groupsOf } from './group-samples.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

function parity(groups: readonly Proportion[], draws: number, seed = 1) {
  return parityNull({ groups, draws, random: createRandom(seed) })
}

/** Groups of these totals, the flagged images given out by chance. */
function atParity(totals: readonly number[], flagged: number): Proportion[] {
  return groupsOf(createSplitter(totals)(flagged, createRandom(2)), totals)
}

const seven = (total: number) => Array.from({ length: 7 }, () => total)
const fourteen = (total: number) => Array.from({ length: 14 }, () => total)

describe('parityNull', () => {
  it.each(referenceRows<{ groups: Proportion[]; measure: SpreadMeasure }>('parity'))(
    'agrees with all splits, each with its probability: $input',
    ({ input, expected }) => {
      const draws = 2999
      const found = parity(input.groups, draws)[input.measure]
      if (expected.observed === 'Infinity') expect(found.observed).toBeNull()
      else expect(Math.abs((found.observed ?? NaN) - expected.observed)).toBeLessThan(CLOSED_FORM * 10)
      const [p, undefinedShare] = [Number(expected.p), Number(expected.undefined)]
      expect(Math.abs(found.p - p)).toBeLessThan(3 * Math.sqrt((p * (1 - p)) / draws) + 1.1 / draws)
      expect(Math.abs(found.undefinedDraws / draws - undefinedShare)).toBeLessThan(
        3.5 * Math.sqrt((undefinedShare * (1 - undefinedShare)) / draws) + 1e-9,
      )
      if (expected.mean === 'Infinity') expect(found.mean).toBe(Infinity)
      else {
        const error = Math.abs((found.mean ?? NaN) - Number(expected.mean))
        expect(error).toBeLessThan((3.5 * Number(expected.deviation)) / Math.sqrt(draws) + CLOSED_FORM)
      }
    },
  )
  it.each([
    // specification, A9, "What chance alone gives at parity"
    ['14 x 750, 5 %', fourteen(750), 525, [0.0271, 0.0373, 1.72, 2.19, 1.294, 1.456, 0.083, 0.111]],
    ['14 x 750, 1 %', fourteen(750), 105, [0.0122, 0.0173, 3.75, 11, 1.785, 2.254, 0.189, 0.254]],
    ['7 x 1500, 5 %', seven(1500), 525, [0.0152, 0.0233, 1.35, 1.61, 1.161, 1.276, 0.055, 0.083]],
    ['FairFace races, 14.4 %', RACES, 1577, [0.0242, 0.0374, 1.18, 1.3, 1.086, 1.146, 0.03, 0.046]],
    ['FairFace races, 1 %', RACES, 110, [0.0069, 0.0106, 1.99, 3.2, 1.399, 1.7, 0.123, 0.186]],
  ])('gives what chance alone gives: %s', (_, totals, flagged, published) => {
    const { gap, highestToLowestRatio, highestToGeometricMean, gini } = parity(atParity(totals, flagged), 1999)
    const found = [gap.mean, gap.percentile95, highestToLowestRatio.median, highestToLowestRatio.percentile95]
    found.push(highestToGeometricMean.mean, highestToGeometricMean.percentile95, gini.mean, gini.percentile95)
    // shares by which they may differ: both sides are drawn, and the ratio at 1 % jumps between few values
    const tolerances = [0.03, 0.05, 0.03, 0.15, 0.02, 0.04, 0.04, 0.05]
    found.forEach((value, place) =>
      expect(Math.abs(Number(value) / published[place] - 1), `value ${place}`).toBeLessThan(tolerances[place]),
    )
  })
  it('has a corrected variance of nearly 0 on average, and a chi-squared of its degrees of freedom', () => {
    const { doubleCorrectedVariance, chiSquared } = parity(atParity(fourteen(750), 525), 1999)
    expect(Math.abs(Number(doubleCorrectedVariance.mean))).toBeLessThan(2e-6) // naive: 6.35e-5
    expect(Math.abs(Number(chiSquared.mean) - 13)).toBeLessThan(0.4)
    expect(Math.abs(Number(chiSquared.percentile95) - 22.36)).toBeLessThan(1)
  })
  it('finds none of the draws as far apart as races are in crime-related labels', () => {
    const found = parity(CRIME, 199)
    for (const measure of SPREAD_MEASURES) expect(found[measure].p, measure).toBe(0.005)
    expectClose(found.gap.observed ?? NaN, 0.324330087, 1e-8)
    expectClose(found.chiSquared.observed ?? NaN, 1465.78791, 1e-8) // specification, A4
    expect(found.noVariation).toBe(false)
  })
  it('has p spread evenly over families at parity', () => {
    // a smaller loop than that of the specification (D8: 5,000 families, 0.02), so the 99.9 % limit of this one
    const [random, split] = [createRandom(6), createSplitter(RACES)]
    const families = Array.from({ length: 1000 }, () =>
      parityNull({ groups: groupsOf(split(1577, random), RACES), draws: 199, random }),
    )
    for (const measure of SPREAD_MEASURES) {
      const distance = distanceToUniform(families.map((family) => family[measure].p))
      expect(distance, measure).toBeLessThan(1.95 / Math.sqrt(1000))
    }
  })
  it('counts undefined ratios as the largest of all', () => {
    // two flagged images over three groups: a lowest rate of 0, always
    const { highestToLowestRatio } = parity(groupsOf([1, 1, 0], [5, 5, 5]), 99)
    expect(highestToLowestRatio).toEqual({
      observed: null,
      mean: Infinity,
      median: Infinity,
      percentile95: Infinity,
      p: 1,
      undefinedDraws: 99,
    })
    // one group of 40, one of 4, ten flagged: the small one has none in four draws of ten
    const some = parity(groupsOf([9, 1], [40, 4]), 999).highestToLowestRatio
    expect([some.mean, some.percentile95]).toEqual([Infinity, Infinity])
    expect(some.median).toBeLessThan(5)
    expect(some.undefinedDraws).toBeGreaterThan(250)
  })
  it('counts draws that equal the value seen, whatever their rounding', () => {
    // all splits of one flagged image over equal groups are alike
    const found = parity(groupsOf([0, 0, 1, 0, 0, 0, 0], seven(3)), 199)
    for (const measure of SPREAD_MEASURES) expect(found[measure].p, measure).toBe(1)
  })
  it('does not draw where nobody or everybody is flagged', () => {
    const random = createRandom(1)
    const nobody = parityNull({ groups: groupsOf([0, 0, 0], [9, 9, 9]), draws: 99, random })
    const everybody = parityNull({ groups: groupsOf([9, 4], [9, 4]), draws: 99, random })
    expect(random.next()).toBe(createRandom(1).next())
    const always = (value: number | null) => {
      return { observed: value, mean: value, median: value, percentile95: value, p: 1, undefinedDraws: 0 }
    }
    const equal = { noVariation: true, gap: always(0), doubleCorrectedVariance: always(0), chiSquared: always(null) }
    expect(nobody).toEqual({
      ...equal,
      highestToLowestRatio: always(null),
      highestToGeometricMean: always(1),
      gini: always(null),
    })
    expect(everybody).toEqual({
      ...equal,
      highestToLowestRatio: always(1),
      highestToGeometricMean: always(1),
      gini: always(0),
    })
  })
  it('smooths all rates where nobody is flagged, as its measure does', () =>
    expectClose(
      parity(groupsOf([0, 0], [9, 99]), 9).highestToGeometricMean.observed ?? NaN,
      Math.sqrt(10),
      CLOSED_FORM,
    ))
  it('gives the same from the same seed, and permutes nothing but the draws when groups are relabelled', () => {
    expect(parity(CRIME, 99, 3)).toEqual(parity(CRIME, 99, 3))
    const backwards = parity([...CRIME].reverse(), 99, 3)
    expect(backwards.gap.observed).toBe(parity(CRIME, 99, 3).gap.observed)
  })
  it('refuses fewer than two groups, groups of one image, and a number of draws that is none', () => {
    expect(() => parity(groupsOf([1], [2]), 9)).toThrow('parityNull expected at least 2 groups but received 1')
    expect(() => parity(groupsOf([1, 0], [1, 1]), 9)).toThrow(RangeError)
    expect(() => parity(groupsOf([1, 0], [2, 2]), 0)).toThrow('parityNull expected a whole number of draws')
  })
})
