import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topKeeper } from '../../../../src/audit/measures/retrieval-skew/keep-top.js'
import { rankImages } from '../../../../src/audit/measures/retrieval-skew/rank-top.js'

describe('topKeeper', () => {
  it('keeps what a ranking of everything begins with, and all that tie with the last', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 900 })
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 60 }), (drawn, most) => {
        const keeper = topKeeper(most)
        drawn.forEach((score, image) => keeper.offer(image, score))
        const order = rankImages(drawn)
        const last = drawn[order[Math.min(most, order.length) - 1]]
        const { images, scores: kept } = keeper.take()
        expect(images).toEqual([...drawn.keys()].filter((image) => drawn[image] >= last))
        expect(kept).toEqual(images.map((image) => drawn[image]))
      }),
    )
  })

  it('keeps everything where everything ties', () => {
    const keeper = topKeeper(2)
    for (let image = 0; image < 5000; image++) keeper.offer(image, 0.5)
    expect(keeper.take().images).toHaveLength(5000)
  })

  it('refuses scores that are none', () => {
    const keeper = topKeeper(2)
    keeper.offer(0, NaN)
    expect(() => keeper.take()).toThrow(RangeError)
  })
})
