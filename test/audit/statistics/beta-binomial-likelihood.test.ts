import { describe, expect, it } from 'vitest'
import { betaBinomialLikelihood } from '../../../src/audit/statistics/beta-binomial-likelihood.js'
import { groupsOf } from './group-samples.js'
import { CLOSED_FORM, expectClose } from './reference-rows.js'

describe('betaBinomialLikelihood', () => {
  it('is the logarithm of a ratio of beta functions', () => {
    // B(1.5, 1.5) / B(0.5, 0.5) = 1/8; then B(2, 3) / B(1, 1) = 1/12 and B(1, 4) / B(1, 1) = 1/4
    expectClose(betaBinomialLikelihood(groupsOf([1], [2])).value(0.5, 1), Math.log(1 / 8), CLOSED_FORM)
    expectClose(betaBinomialLikelihood(groupsOf([1, 0], [3, 3])).value(0.5, 2), Math.log(1 / 48), CLOSED_FORM)
  })
  it('is that of the binomial, without coefficients, where the prior is very strong', () => {
    const binomial = 12 * Math.log(0.1) + 88 * Math.log(0.9)
    expectClose(betaBinomialLikelihood(groupsOf([12], [100])).value(0.1, 1e14), binomial, CLOSED_FORM)
  })
  it.each([
    [0.1, 12],
    [0.3, 0.5],
    [0.02, 3000],
  ])('has the slopes of its value at mean %d and strength %d', (mean, strength) => {
    const { value, slopeByMean, slopeByStrength } = betaBinomialLikelihood(
      groupsOf([12, 3, 0, 5, 2], [100, 40, 4, 60, 8]),
    )
    const step = 1e-5
    const logit = Math.log(mean / (1 - mean))
    const meanAt = (x: number) => 1 / (1 + Math.exp(-x))
    const byMean = (value(meanAt(logit + step), strength) - value(meanAt(logit - step), strength)) / (2 * step)
    const byStrength = (value(mean, strength * Math.exp(step)) - value(mean, strength * Math.exp(-step))) / (2 * step)
    expectClose(slopeByMean(mean, strength), byMean, 1e-7)
    expectClose(slopeByStrength(mean, strength), byStrength, 1e-7)
  })
  it('takes groups where nobody or everybody is counted', () => {
    const { value, slopeByMean, slopeByStrength } = betaBinomialLikelihood(groupsOf([0, 0], [2, 1]))
    // (1/2 * 3/2) / (1 * 2) and 1/2
    expectClose(value(0.5, 1), Math.log(3 / 16), CLOSED_FORM)
    expect(slopeByMean(0.5, 1)).toBeLessThan(0)
    expect(Number.isFinite(slopeByStrength(0.5, 1))).toBe(true)
  })
})
