import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resizeTarget } from '../../../src/audit/model/resize-target.js'
import { clipLike } from './clip-like.js'

describe('where an image is resized and cropped', () => {
  it.each([
    // width, height, resized, offset: by torchvision's rules, by hand
    [500, 400, [280, 224], [28, 0]],
    [400, 500, [224, 280], [0, 28]],
    [333, 251, [297, 224], [36, 0]], // 36.5 rounds to even: 36
    [225, 224, [225, 224], [0, 0]], // 0.5 rounds to even: 0
    [227, 224, [227, 224], [2, 0]], // 1.5 rounds to even: 2
    [640, 427, [335, 224], [56, 0]], // 335.73 is cut to 335, 55.5 rounds to 56
    [224, 224, [224, 224], [0, 0]],
  ])('%i x %i', (width, height, resized, offset) => {
    const target = resizeTarget(width, height, clipLike(224))
    expect([target.width, target.height]).toEqual(resized)
    expect([target.left, target.top]).toEqual(offset)
  })

  it('always lies inside the resized image', () => {
    const side = fc.integer({ min: 1, max: 5000 })
    fc.assert(
      fc.property(side, side, (width, height) => {
        const target = resizeTarget(width, height, clipLike(224))
        expect(Math.min(target.left, target.top)).toBeGreaterThanOrEqual(0)
        expect(target.left + 224).toBeLessThanOrEqual(target.width)
        expect(target.top + 224).toBeLessThanOrEqual(target.height)
      }),
    )
  })
})
