import { describe, expect, it } from 'vitest'
import { funnelLimits } from '../../../src/audit/statistics/funnel-limits.js'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'

describe('funnelLimits', () => {
  it('gives the rate plus and minus z standard errors of a sample of that size', () => {
    // R: 0.1 + c(-1, 1) * qnorm(0.975) * sqrt(0.1 * 0.9 / 100)
    const { low, high } = funnelLimits(0.1, 100)
    expect(low).toBeCloseTo(0.0412010808, 9)
    expect(high).toBeCloseTo(0.1587989192, 9)
  })

  it('narrows as images grow, and never leaves 0 to 1', () => {
    const widths = [5, 50, 500, 5000].map((images) => funnelLimits(0.02, images)).map(({ low, high }) => high - low)
    expect(widths).toEqual([...widths].sort((a, b) => b - a))
    expect(funnelLimits(0.02, 5).low).toBe(0)
    expect(funnelLimits(0.98, 5).high).toBe(1)
  })

  it('leaves a rate outside exactly when the Wilson interval of that rate leaves the other out', () => {
    for (const total of [7, 40, 118, 753]) {
      for (let count = 0; count <= total; count++) {
        const { low, high } = funnelLimits(0.137, total)
        const wilson = wilsonInterval({ count, total })
        const isOutside = count / total < low || count / total > high
        expect(isOutside).toBe(wilson.low > 0.137 || wilson.high < 0.137)
      }
    }
  })

  it('refuses a rate that is none and a sample of nothing', () => {
    expect(() => funnelLimits(1.2, 10)).toThrow('funnelLimits expected a rate from 0 to 1 but received 1.2')
    expect(() => funnelLimits(0.5, 0)).toThrow('expected a whole number of images above 0 but received 0')
  })
})
