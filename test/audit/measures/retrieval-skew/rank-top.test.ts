import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankImages, rankTop } from '../../../../src/audit/measures/retrieval-skew/rank-top.js'

const scoresWithTies = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 })

describe('rankTop', () => {
  it('takes exactly as many as the cut, ties in the order of the list, and counts them', () => {
    const scores = [0.9, 0.8, 0.8, 0.8, 0.5, 0.4]
    expect(rankTop(scores, 1)).toEqual({ images: [0], tiedWithin: 0, tiedBeyond: 0 })
    expect(rankTop(scores, 2)).toEqual({ images: [0, 1], tiedWithin: 1, tiedBeyond: 2 })
    expect(rankTop(scores, 3)).toEqual({ images: [0, 1, 2], tiedWithin: 2, tiedBeyond: 1 })
    expect(rankTop(scores, 4)).toEqual({ images: [0, 1, 2, 3], tiedWithin: 3, tiedBeyond: 0 })
    expect(rankTop(scores, 6)).toEqual({ images: [0, 1, 2, 3, 4, 5], tiedWithin: 3, tiedBeyond: 0 })
  })

  it('puts the highest score first, wherever it stands, negative ones last', () =>
    expect(rankTop([-0.2, 0.1, -0.1, 0.4], 3).images).toEqual([3, 1, 2]))

  it('takes what the whole ranking begins with, and leaves nothing higher out', () => {
    fc.assert(
      fc.property(scoresWithTies, fc.nat(), (scores, draw) => {
        const cut = 1 + (draw % scores.length)
        const { images, tiedWithin, tiedBeyond } = rankTop(Object.freeze(scores), cut)
        expect(images).toEqual(rankImages(scores).slice(0, cut))
        const [last, out] = [scores[images[cut - 1]], scores.filter((_, image) => !images.includes(image))]
        expect(out.every((score) => score <= last)).toBe(true)
        expect(tiedBeyond).toBe(out.filter((score) => score === last).length)
        const twice = images.filter((image) => scores.filter((score) => score === scores[image]).length > 1)
        expect(tiedWithin).toBe(twice.length)
      }),
    )
  })

  it('refuses cuts that are none', () => {
    expect(() => rankTop([1, 2], 3)).toThrow('rankTop expected a whole cut from 1 to 2 but received 3')
    expect(() => rankTop([1, 2], 0)).toThrow(RangeError)
    expect(() => rankTop([1, 2], 1.5)).toThrow(RangeError)
    expect(() => rankTop([], 1)).toThrow(RangeError)
  })

  it.each([NaN, Infinity, -Infinity])('refuses the score %d', (score) =>
    expect(() => rankTop([0.1, score], 1)).toThrow(`rankImages expected finite scores but received ${score}`),
  )
})
