import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedCalibrationError } from '../../../src/audit/statistics/expected-calibration-error.js'

describe('expectedCalibrationError', () => {
  it('gives the hand-made example: probabilities .9 .8 .7 .55, right 1 1 0 1', () => {
    const bins = [0.9, 0.8, 0.7, 0.55].map((probability, i) => ({ images: 1, right: i === 2 ? 0 : 1, probability }))
    expect(expectedCalibrationError(bins)).toBeCloseTo(0.3625, 14)
  })

  it('is 0 where every bin is right as often as it says, and empty bins count for nothing', () => {
    const exact = { images: 4, right: 3, probability: 3 }
    const empty = { images: 0, right: 0, probability: 0 }
    expect(expectedCalibrationError([exact, empty])).toBe(0)
    expect(expectedCalibrationError([exact, empty, { images: 4, right: 0, probability: 2 }])).toBe(0.25)
  })

  it('lies between 0 and 1, and joining bins never raises it', () => {
    const bin = fc
      .tuple(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ) // prettier-ignore
      .map(([images, share, p]) => ({ images, right: Math.floor(images * share), probability: images * p }))
    fc.assert(
      fc.property(fc.array(bin, { minLength: 2, maxLength: 10 }), (bins) => {
        const joined = bins.reduce((a, b) => ({
          images: a.images + b.images,
          right: a.right + b.right,
          probability: a.probability + b.probability,
        }))
        const apart = expectedCalibrationError(bins)
        expect(apart).toBeGreaterThanOrEqual(0)
        expect(apart).toBeLessThanOrEqual(1)
        expect(expectedCalibrationError([joined])).toBeLessThanOrEqual(apart + 1e-12)
      }),
    )
  })

  it('refuses no images, and more right than there are', () => {
    expect(() => expectedCalibrationError([])).toThrow(/at least one image/)
    expect(() => expectedCalibrationError([{ images: 1, right: 2, probability: 1 }])).toThrow(/from 0 to 1 right/)
  })
})
