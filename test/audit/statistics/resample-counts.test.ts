import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { createResampler } from '../../../src/audit/statistics/resample-counts.js'

const countsOf = fc.array(fc.nat(400), { minLength: 1, maxLength: 8 }).filter((counts) => counts.some((count) => count > 0)) // prettier-ignore

describe('createResampler', () => {
  it('draws as many things as there are, and none of a kind that has none', () =>
    fc.assert(
      fc.property(countsOf, fc.nat(), (counts, seed) => {
        const drawn = [...createResampler(counts)(createRandom(seed))]
        expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(counts.reduce((sum, count) => sum + count, 0))
        expect(drawn.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true)
        counts.forEach((count, kind) => count === 0 && expect(drawn[kind]).toBe(0))
      }),
    ))

  it('gives every sample its multinomial probability', () => {
    // three things of two kinds, 1 and 2: b of the second with probability C(3, b) (2/3)^b (1/3)^(3 - b) = 1, 6, 12, 8 of 27
    const resample = createResampler([1, 2])
    const random = createRandom(3, 'multinomial')
    const seen = [0, 0, 0, 0]
    const draws = 27_000
    for (let draw = 0; draw < draws; draw++) seen[resample(random)[1]]++
    const distance = [1, 6, 12, 8].reduce((sum, ways, b) => sum + (seen[b] - ways * 1000) ** 2 / (ways * 1000), 0)
    expect(distance).toBeLessThan(16.3) // chi-squared with 3 degrees of freedom, p = 0.001
  })

  it('has the means, variances and covariances of a multinomial where many are drawn', () => {
    const counts = [7000, 2400, 540, 60]
    const images = 10_000
    const resample = createResampler(counts)
    const random = createRandom(5, 'moments')
    const draws = 4000
    const samples = Array.from({ length: draws }, () => [...resample(random)])
    const mean = counts.map((_, kind) => samples.reduce((sum, one) => sum + one[kind], 0) / draws)
    counts.forEach((count, kind) => {
      const variance = count * (1 - count / images)
      expect(Math.abs(mean[kind] - count)).toBeLessThan(4 * Math.sqrt(variance / draws))
      const seen = samples.reduce((sum, one) => sum + (one[kind] - mean[kind]) ** 2, 0) / (draws - 1)
      expect(seen / variance).toBeGreaterThan(0.9) // four standard errors of a variance, sqrt(2 / 4000) each
      expect(seen / variance).toBeLessThan(1.1)
    })
    const covariance = samples.reduce((sum, one) => sum + (one[0] - mean[0]) * (one[1] - mean[1]), 0) / (draws - 1)
    expect(covariance / (-(7000 * 2400) / images)).toBeGreaterThan(0.9)
    expect(covariance / (-(7000 * 2400) / images)).toBeLessThan(1.1)
  })

  it('draws the same from the same stream', () => {
    const draw = () => [...createResampler([5, 9, 2])(createRandom(1, 'again'))]
    expect(draw()).toEqual(draw())
  })

  it('needs things to draw, in whole numbers', () => {
    expect(() => createResampler([0, 0])).toThrow('needs at least one thing to draw')
    expect(() => createResampler([1.5])).toThrow('whole counts from 0 but received 1.5')
  })
})
