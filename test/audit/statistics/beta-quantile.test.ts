import { describe, expect, it } from 'vitest'
import { betaQuantile } from '../../../src/audit/statistics/beta-quantile.js'
import { expectClose, referenceRows } from './reference-rows.js'

describe('betaQuantile', () => {
  it.each(referenceRows<{ level: number; shapes: [number, number] }>('beta-quantile'))(
    'agrees with the root of a 50-digit incomplete beta function: $input',
    ({ input, expected }) => expectClose(betaQuantile(input.level, input.shapes), expected.value, 1e-11),
  )
  it('is as published', () => {
    // specification, A9: no image of four, drawn towards a mean of 0.11428151 with the strength of 13.041717 images
    const shapes = [0.11428151 * 13.041717, 4 + 0.88571849 * 13.041717] as const
    expectClose(betaQuantile(0.025, shapes), 0.006676, 1e-4)
    expectClose(betaQuantile(0.975, shapes), 0.255425, 1e-5)
  })
  it('of a uniform is the level', () => expectClose(betaQuantile(0.3, [1, 1]), 0.3, 1e-14))
  it('is 0 where the true value is too small for a double', () => expect(betaQuantile(0.025, [1e-5, 1])).toBe(0))
  it('refuses levels and shapes that cannot be', () => {
    expect(() => betaQuantile(1, [1, 1])).toThrow('betaQuantile expected a level')
    for (const shape of [0, -1, NaN, Infinity]) {
      expect(() => betaQuantile(0.5, [shape, 1])).toThrow(`betaQuantile expected shapes above 0 but received ${shape}`)
      expect(() => betaQuantile(0.5, [1, shape])).toThrow(RangeError)
    }
  })
})
