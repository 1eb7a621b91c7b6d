import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DesiredMix } from '../../../../src/audit/measures/retrieval-skew/desired-shares.js'
import { retrievalSkew } from '../../../../src/audit/measures/retrieval-skew/retrieval-skew.js'
import type { RetrievalFigures } from '../../../../src/audit/measures/retrieval-skew/retrieval-skew.js'
import { rankTop } from '../../../../src/audit/measures/retrieval-skew/rank-top.js'
import { topOfList, type RankedList } from './top-of-list.js'
import { CLOSED_FORM, expectClose, referenceRows } from '../../statistics/reference-rows.js'

type Case = { scores: number[]; values: number[]; cut: number; mix: DesiredMix }

const EIGHT: RankedList = { scores: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2], values: [0, 0, 0, 1, 0, 1, 1, 0] }
const TIED: RankedList = { scores: [0.9, 0.8, 0.8, 0.8, 0.5, 0.4], values: [0, 1, 2, 1, 0, 2] }

function figures(list: RankedList, cut: number, mix: DesiredMix = 'uniform'): RetrievalFigures {
  const skew = retrievalSkew(topOfList(list, cut), { mix, as: 'strict' })
  if (skew.figures === null) throw new Error(skew.reason)
  return skew.figures
}

function strict(list: RankedList, cut: number): ReturnType<typeof retrievalSkew> {
  return retrievalSkew(topOfList(list, cut), { mix: 'uniform', as: 'strict' })
}

describe('retrievalSkew', () => {
  it.each(referenceRows<Case>('retrieval-strict'))('agrees with the definitions in 50 digits: $input', ({ input, expected }) => {
    const { maxSkew, minSkew, missing, ndkl } = figures(input, input.cut, input.mix)
    // a logarithm near 0 loses digits to the division before it: 1e-15 of a share, not of its logarithm
    expect(Math.abs(maxSkew.skew - Number(expected.maxSkew))).toBeLessThan(1e-14)
    expect(Math.abs(minSkew.skew - Number(expected.minSkew))).toBeLessThan(1e-14)
    expectClose(ndkl, expected.ndkl, CLOSED_FORM)
    expect(missing).toEqual(expected.missing)
    expect(rankTop(input.scores, input.cut).tiedBeyond).toEqual(expected.tiedBeyond)
  }) // prettier-ignore

  it.each([
    // specification, B5
    [EIGHT, 2, 'uniform', 0.693147181, 0.693147181],
    [EIGHT, 2, 'dataset', 0.470003629, 0.470003629],
    [EIGHT, 4, 'uniform', 0.405465108, 0.598603158],
    [EIGHT, 4, 'dataset', 0.182321557, 0.39693057],
    [TIED, 2, 'uniform', 0.405465108, 0.830466356],
    [TIED, 3, 'uniform', 0, 0.635606259],
  ] as const)('of %j at %i against the %s mix is as the specification says', (list, cut, mix, maxSkew, ndkl) => {
    expect(figures(list, cut, mix).maxSkew.skew).toBeCloseTo(maxSkew, 9)
    expect(figures(list, cut, mix).ndkl).toBeCloseTo(ndkl, 9)
  })

  it('shows share, desired share and skew of every value that occurs, and none where the top lacks it', () => {
    expect(figures({ scores: [0.9, 0.8, 0.7, 0.6], values: [3, 3, 1, 0] }, 2)).toEqual({
      skews: [
        { value: 0, count: 0, share: 0, desired: 1 / 3, skew: null, unbounded: true },
        { value: 1, count: 0, share: 0, desired: 1 / 3, skew: null, unbounded: true },
        { value: 3, count: 2, share: 1, desired: 1 / 3, skew: Math.log(3) },
      ],
      maxSkew: { value: 3, skew: Math.log(3) },
      minSkew: { value: 3, skew: Math.log(3) },
      missing: 2,
      ndkl: expect.closeTo(Math.log(3), 12) as number,
      taken: 2,
    })
  })

  it('names the values of the extremes, of equal skews the lower code', () => {
    const list = { scores: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4], values: [2, 2, 1, 0, 0, 1] }
    expect(figures(list, 4)).toMatchObject({
      maxSkew: { value: 2, skew: Math.log(1.5) },
      minSkew: { value: 0, skew: Math.log(0.75) },
      missing: 0,
    })
    expect(figures(list, 5)).toMatchObject({ maxSkew: { value: 0 }, minSkew: { value: 1 } })
  })

  it('takes exactly as many as the cut, whatever ties with the last', () =>
    expect(figures(TIED, 3).skews.map(({ count }) => count)).toEqual([1, 1, 1]))

  it('has no figures where the cut exceeds the list, or the list holds one value', () => {
    expect(strict(TIED, 7)).toEqual({ figures: null, reason: 'cut-exceeds-list' })
    expect(strict({ scores: [0.1, 0.2, 0.3], values: [4, 4, 4] }, 1)).toEqual({
      figures: null,
      reason: 'single-group',
    })
  })

  it.each(['uniform', 'dataset'] as const)('refuses the whole list against the %s mix, with the reason', (mix) =>
    expect(retrievalSkew(topOfList(TIED, 6), { mix, as: 'strict' })).toEqual({ figures: null, reason: 'no-variation' }),
  )

  it('refuses cuts and rankings that are none', () => {
    const top = topOfList(TIED, 3)
    expect(() => retrievalSkew({ ...top, cut: 0 }, { mix: 'uniform', as: 'strict' })).toThrow(
      'retrievalSkew expected a whole cut from 1 but received 0',
    )
    expect(() => retrievalSkew({ ...top, cut: 1.5 }, { mix: 'uniform', as: 'strict' })).toThrow(RangeError)
    expect(() => retrievalSkew({ ...top, ranked: [0, 1] }, { mix: 'uniform', as: 'strict' })).toThrow(
      'retrievalSkew expected a ranking of 3 to 6 images but received 2',
    )
  })

  it('has shares that add up to 1, a maximum of at least 0, and follows the values when they are renamed', () => {
    const images = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 })), { minLength: 4, maxLength: 30 }) // prettier-ignore
    fc.assert(
      fc.property(images, fc.constantFrom('uniform', 'dataset'), (drawn, mix) => {
        const scores = drawn.map(([score]) => score)
        const values = [0, 1, ...drawn.slice(2).map(([, value]) => value)]
        const there = figures({ scores, values }, 3, mix)
        expect(there.skews.reduce((sum, { count }) => sum + count, 0)).toBe(3)
        expect(there.skews.reduce((sum, { desired }) => sum + desired, 0)).toBeCloseTo(1, 12)
        expect(there.maxSkew.skew).toBeGreaterThan(-1e-12)
        const back = figures({ scores, values: values.map((value) => 2 - value) }, 3, mix)
        expect(back.maxSkew.skew).toBe(there.maxSkew.skew)
        expect(back.ndkl).toBeCloseTo(there.ndkl, 12)
      }),
    )
  })
})
