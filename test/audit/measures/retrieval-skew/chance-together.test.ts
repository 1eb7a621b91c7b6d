import { describe, expect, it } from 'vitest'
import { chanceTogether, isBeyond } from '../../../../src/audit/measures/retrieval-skew/chance-together.js'
import type { TopRules } from '../../../../src/audit/measures/retrieval-skew/top-figures.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'

const RULES: TopRules = { desired: 'dataset', as: 'strict', bias: null }
const CODES = Uint16Array.from({ length: 200 }, (_, image) => (image < 100 ? 0 : 1))

/** Queries that each put the images from a place on first. */
function together(starts: readonly number[], draws = 999): ReturnType<typeof chanceTogether> {
  return chanceTogether({
    images: [100, 100],
    codes: CODES,
    cuts: [20],
    queries: starts.map((start) => ({
      places: Int32Array.from({ length: 20 }, (_, place) => start + place),
      taken: [20],
    })),
    sets: [{ outcome: null, queries: [...starts.keys()] }],
    rules: RULES,
    limits: [starts.map(() => ({ maxSkew: 0.4, ndkl: 0.35 }))],
    draws,
    random: createRandom(3, 'together'),
  })
}

describe('chanceTogether', () => {
  it('recovers what is planted: queries that show one group only are far beyond chance, even ones are not', () => {
    const [planted] = together([0, 20, 40, 60])
    expect(new Map(planted.means).get('maxSkew')?.p).toBe(0.001)
    expect(new Map(planted.beyond).get('maxSkew')?.p).toBe(0.001)
    const [even] = together([90, 90])
    expect(new Map(even.means).get('maxSkew')?.p).toBeGreaterThan(0.5)
    expect(new Map(even.beyond).get('maxSkew')?.p).toBeGreaterThan(0.5)
  })

  it('spreads less over queries that share no image than over queries that rank alike', () => {
    const apart = new Map(together([0, 20, 40, 60, 80, 100, 120, 140])[0].means).get('ndkl')
    const alike = new Map(together([0, 0, 0, 0, 0, 0, 0, 0])[0].means).get('ndkl')
    expect(alike?.centre).toBeCloseTo(apart?.centre ?? 0, 1)
    expect(alike?.percentile95).toBeGreaterThan(1.2 * (apart?.percentile95 ?? 0))
  })

  it('gives the same numbers again, and none to MinSkew or to what is not asked', () => {
    expect(together([0, 20])).toEqual(together([0, 20]))
    expect(together([0])[0].means.map(([figure]) => figure)).toEqual(['maxSkew', 'ndkl', 'entropy'])
  })
})

describe('isBeyond', () => {
  it('does not take rounding for a difference', () => {
    expect(isBeyond(Math.log(0.55 / 0.5), Math.log(0.55) - Math.log(0.5))).toBe(false)
    expect(isBeyond(0.4001, 0.4)).toBe(true)
  })
})
