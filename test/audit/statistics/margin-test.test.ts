import { describe, expect, it } from 'vitest'
import { marginTest } from '../../../src/audit/statistics/margin-test.js'
import { normalUpperTail } from '../../../src/audit/statistics/normal-upper-tail.js'
import { scoreStatisticDifference } from '../../../src/audit/statistics/score-statistic-difference.js'
import { scoreStatisticRatio } from '../../../src/audit/statistics/score-statistic-ratio.js'
import { CLOSED_FORM, expectClose } from './reference-rows.js'

const group = { count: 24, total: 118 }
const reference = { count: 430, total: 10836 }

describe('marginTest', () => {
  it('takes the plain score and the corrected one that solves z + skewness (z^2 - 1) = score', () => {
    const statistic = scoreStatisticDifference(group, reference, 0.01)
    const { plain, corrected, p } = marginTest(statistic, 'higher')
    expectClose(plain, normalUpperTail(statistic.score), CLOSED_FORM)
    const g = 0.06176923
    const z = (-1 + Math.sqrt(1 + 4 * g * (7.55372761 + g))) / (2 * g)
    expectClose(corrected, normalUpperTail(z), 1e-6) // printed to eight decimals
    expect(p).toBe(corrected)
  })
  it('is more careful than the plain score where a small group meets a large reference', () => {
    for (const statistic of [
      scoreStatisticDifference(group, reference, 0.01),
      scoreStatisticRatio(group, reference, 1.25),
    ]) {
      const { plain, corrected } = marginTest(statistic, 'higher')
      expect(corrected).toBeGreaterThan(plain)
    }
  })
  it('leaves a symmetrical score as it is', () => {
    const { plain, corrected } = marginTest({ score: 2, skewness: 0 }, 'higher')
    expect(corrected).toBe(plain)
  })
  it('changes nothing to speak of at a tiny skewness', () => {
    const { plain, corrected } = marginTest({ score: 2, skewness: 1e-13 }, 'higher')
    expectClose(corrected, plain, 1e-11)
  })
  it('falls back to the plain score where the correction has no solution', () => {
    const { plain, corrected } = marginTest({ score: 9, skewness: -0.2 }, 'higher')
    expect(corrected).toBe(plain)
  })
  it('mirrors: what speaks for higher speaks against lower', () => {
    const higher = marginTest({ score: 3, skewness: 0.05 }, 'higher')
    const mirrored = marginTest({ score: -3, skewness: -0.05 }, 'lower')
    expectClose(mirrored.p, higher.p, CLOSED_FORM)
    expect(marginTest({ score: 3, skewness: 0.05 }, 'lower').p).toBeGreaterThan(0.99)
  })
  it('takes infinite scores', () => {
    expect(marginTest({ score: Infinity, skewness: 0 }, 'higher').p).toBe(0)
    expect(marginTest({ score: -Infinity, skewness: 0 }, 'higher').p).toBe(1)
  })
})
