import { describe, expect, it } from 'vitest'
import type { DesiredMix } from '../../../src/audit/measures/desired-shares.js'
import { publishedRetrievalSkew } from '../../../src/audit/measures/published-retrieval-skew.js'
import { CLOSED_FORM, expectClose, referenceRows } from '../statistics/reference-rows.js'

type Case = { scores: number[]; values: number[]; cut: number; mix: DesiredMix }

const EIGHT = { scores: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2], values: [0, 0, 0, 1, 0, 1, 1, 0] }
const TIED = { scores: [0.9, 0.8, 0.8, 0.8, 0.5, 0.4], values: [0, 1, 2, 1, 0, 2] }

describe('publishedRetrievalSkew', () => {
  it.each(referenceRows<Case>('retrieval-published'))('agrees with the code of the paper: $input', ({ input, expected }) => {
    const { figures } = publishedRetrievalSkew(input, input.cut, input.mix)
    expect(figures?.kept).toBe(expected.kept)
    // a difference of two logarithms there, the logarithm of a ratio here: equal to a few units of the last digit of 1
    expect(Math.abs((figures?.maxSkew ?? NaN) - Number(expected.maxSkew))).toBeLessThan(1e-14)
    expect(Math.abs((figures?.minSkew ?? NaN) - Number(expected.minSkew))).toBeLessThan(1e-14)
    expectClose(figures?.ndkl, expected.ndkl, CLOSED_FORM)
  }) // prettier-ignore

  it.each([
    // specification, B5
    [EIGHT, 2, 'uniform', 0.693147181, 0.693147181],
    [EIGHT, 2, 'dataset', 0.470003629, 0.470003629],
    [EIGHT, 4, 'uniform', 0.405465108, 0.598603158],
    [EIGHT, 4, 'dataset', 0.182321557, 0.39693057],
    [EIGHT, 8, 'uniform', 0.223143551, 0.415205248],
    [EIGHT, 8, 'dataset', 0, 0.265056329],
    [TIED, 2, 'uniform', 1.098612289, 0.846017729],
    [TIED, 3, 'uniform', 0.693147181, 0.647508668], // printed as 0.647508677: a slip, the code of the paper gives 0.64750866766
  ] as const)('of %j at %i against the %s mix is as the specification says', (list, cut, mix, maxSkew, ndkl) => {
    const { figures } = publishedRetrievalSkew(list, cut, mix)
    expect(figures?.maxSkew).toBeCloseTo(maxSkew, 9)
    expect(figures?.ndkl).toBeCloseTo(ndkl, 9)
  })

  it('takes all images that tie at the cut', () => {
    expect(publishedRetrievalSkew(TIED, 2, 'uniform').figures?.kept).toBe(4)
    expect(publishedRetrievalSkew(TIED, 1, 'uniform').figures?.kept).toBe(1)
  })

  it('asks only for values that occur in the list', () => {
    const list = { scores: [0.9, 0.8, 0.7, 0.6], values: [3, 3, 1, 3] }
    expect(publishedRetrievalSkew(list, 2, 'uniform').figures).toMatchObject({ maxSkew: Math.log(2), minSkew: 0 })
  })

  it('has no figures where the cut exceeds the list', () =>
    expect(publishedRetrievalSkew(TIED, 7, 'uniform')).toEqual({ figures: null, reason: 'cut-exceeds-list' }))

  it('refuses cuts and values that are none', () => {
    expect(() => publishedRetrievalSkew(TIED, 0, 'uniform')).toThrow('publishedRetrievalSkew expected a whole cut from 1 but received 0') // prettier-ignore
    expect(() => publishedRetrievalSkew(TIED, 0.5, 'uniform')).toThrow(RangeError)
    expect(() => publishedRetrievalSkew({ scores: [1, 2], values: [0] }, 1, 'uniform')).toThrow(
      'publishedRetrievalSkew expected 2 values, one for each score, but received 1',
    )
    expect(() => publishedRetrievalSkew({ scores: [1, NaN], values: [0, 1] }, 1, 'uniform')).toThrow(RangeError)
  })
})
