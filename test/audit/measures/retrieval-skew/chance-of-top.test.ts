import { describe, expect, it } from 'vitest'
import { chanceOfTop } from '../../../../src/audit/measures/retrieval-skew/chance-of-top.js'
import { topFigures, type TopRules } from '../../../../src/audit/measures/retrieval-skew/top-figures.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'

const RULES: TopRules = { desired: 'dataset', as: 'strict', bias: [0, 1] }
const IMAGES = [60, 40]
const DRAWS = 19_999

function topOf(first: number, second: number, rules = RULES): ReturnType<typeof topFigures> {
  const ranked = [...Array<number>(first).fill(0), ...Array<number>(second).fill(1)]
  return topFigures({ cut: first + second, ranked, images: IMAGES }, rules)
}

function chance(rules = RULES, draws = DRAWS): NonNullable<ReturnType<typeof chanceOfTop>> {
  const found = chanceOfTop({ images: IMAGES, cut: 10, taken: 10, rules, draws, random: createRandom(7, 'top') })
  if (found === null) throw new Error('no chance')
  return found
}

describe('chanceOfTop', () => {
  it.each([
    // scipy.stats.hypergeom(100, 60, 10): the chance of a MaxSkew at least that of so many of the first group
    [2, 0.008860343378837718],
    [9, 0.19235970810476782],
    [10, 0.050071429325114714],
  ])('of MaxSkew is hypergeometric: %i of 10', (first, exact) => {
    const { figures } = topOf(first, 10 - first)
    if (figures === null) throw new Error('no figures')
    const found = chance().chanceOf('maxSkew', figures)
    const fourErrors = 4 * Math.sqrt((exact * (1 - exact)) / DRAWS) + 2 / DRAWS // the draws, and the one added to both counts
    expect(Math.abs((found?.p ?? NaN) - exact)).toBeLessThan(fourErrors)
    expect(found?.centre).toBeCloseTo(0.20027947967765453, 2) // the mean of the same distribution
  })

  it('looks down for MinSkew and entropy, and either way for Bias@k', () => {
    const { figures } = topOf(10, 0)
    if (figures === null) throw new Error('no figures')
    const of = chance()
    for (const figure of ['minSkew', 'entropy'] as const) expect(of.chanceOf(figure, figures)?.p).toBeLessThan(0.02)
    const [ten, none] = [topOf(10, 0), topOf(0, 10)].map(({ figures: f }) =>
      f === null ? null : of.chanceOf('bias', f),
    )
    expect(ten?.p).toBeGreaterThan(none?.p ?? 1) // ten of sixty are likelier than ten of forty
    expect(ten?.centre).toBeCloseTo(0.2, 1)
    expect(of.chanceOf('bias', { ...figures, bias: null })).toBeNull()
  })

  it.each([
    // scipy.stats.hypergeom(700, 350, 20): both tails of so many of the first half, and as many of the second
    [14, 0.11012538070505509],
    [13, 0.256226841618675],
    [11, 0.8212324700114374],
  ])('counts both sides of Bias@k alike in an even list: %i of 20', (first, exact) => {
    const images = [350, 350]
    const of = chanceOfTop({ images, cut: 20, taken: 20, rules: RULES, draws: DRAWS, random: createRandom(3, 'even') })
    const pOf = (one: number, other: number): number => {
      const { figures } = topFigures(
        { cut: 20, ranked: [...Array<number>(one).fill(0), ...Array<number>(other).fill(1)], images },
        RULES,
      )
      return figures === null ? NaN : (of?.chanceOf('bias', figures)?.p ?? NaN)
    }
    expect(pOf(first, 20 - first)).toBe(pOf(20 - first, first))
    expect(Math.abs(pOf(first, 20 - first) - exact)).toBeLessThan(
      4 * Math.sqrt((exact * (1 - exact)) / DRAWS) + 2 / DRAWS,
    )
  })

  it('has no chance of what has no figures', () => {
    const random = createRandom(7, 'top')
    expect(
      chanceOfTop({ images: [5, 0], cut: 2, taken: 2, rules: { ...RULES, bias: null }, draws: 9, random }),
    ).toBeNull()
    expect(chanceOfTop({ images: [5, 5], cut: 10, taken: 10, rules: RULES, draws: 9, random })).toBeNull()
  })

  it('finds 5 of 100 random tops beyond its limit at most', () => {
    const { limit } = chance(RULES, 999)
    const random = createRandom(11, 'tops')
    const list = IMAGES.flatMap((count, code) => Array<number>(count).fill(code))
    let [beyond, beyondNdkl] = [0, 0]
    for (let top = 0; top < 2000; top++) {
      const { figures } = topFigures({ cut: 10, ranked: random.shuffle(list).slice(0, 10), images: IMAGES }, RULES)
      if (figures !== null && figures.maxSkew > limit.maxSkew + 1e-9) beyond++
      if (figures !== null && figures.ndkl > limit.ndkl + 1e-9) beyondNdkl++
    }
    expect(beyond / 2000).toBeLessThan(0.07) // 5 %, and what 999 draws and 2,000 tops leave open
    expect(beyondNdkl / 2000).toBeLessThan(0.07)
  })
})
