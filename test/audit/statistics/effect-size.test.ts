import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectSize } from '../../../src/audit/statistics/effect-size.js'

const value = fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000)
const values = fc.array(value, { minLength: 1, maxLength: 20 })

describe('effectSize', () => {
  it('gives the worked example of measures.md B6, with either deviation', () => {
    expect(effectSize([0.1, 0.06], [-0.02, 0.02])).toBeCloseTo(1.549193338, 9)
    expect(effectSize([0.1, 0.06], [-0.02, 0.02], 'population')).toBeCloseTo(1.788854382, 9)
  })

  it('agrees with numpy 1.24 on samples of different sizes', () => {
    const [x, y] = [[0.1, 0.06, 0.3, 0.02, 0.11], [-0.02, 0.02, 0.07]] // prettier-ignore
    expect(effectSize(x, y)).toBeCloseTo(0.96511108826219, 12)
    expect(effectSize(x, y, 'population')).toBeCloseTo(1.0317471521296173, 12)
  })

  it('turns its sign when the samples are swapped, and does not mind scale or place', () => {
    fc.assert(
      fc.property(values, values, (x, y) => {
        const d = effectSize(x, y)
        if (d === null) return
        const moved = (some: readonly number[]): number[] => some.map((value) => 3 * value + 1)
        expect(effectSize(y, x)).toBeCloseTo(-d, 6)
        expect(effectSize(moved(x), moved(y))).toBeCloseTo(d, 6)
      }),
    )
  })

  it('lies within -2 and 2 for samples of one size and the population deviation', () => {
    expect(effectSize([1, 1, 1], [0, 0, 0], 'population')).toBe(2)
    const pairs = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(pairs, (both) => {
        const d = effectSize(both.map(([x]) => x), both.map(([, y]) => y), 'population') // prettier-ignore
        expect(Math.abs(d ?? 0)).toBeLessThanOrEqual(2 + 1e-9)
      }),
    )
  })

  it('is undefined where all values are equal, and not where rounding makes them look so', () => {
    expect(effectSize([0.1, 0.1, 0.1], [0.1])).toBeNull()
    expect(effectSize([0.1], [0.1000001])).toBeCloseTo(-Math.SQRT2, 6)
    expect(effectSize([1e-200], [2e-200])).toBeNull()
  })

  it('refuses an empty sample and values that are none', () => {
    expect(() => effectSize([], [1])).toThrow(
      'effectSize expected two samples of finite numbers but received 0 and 1 values',
    )
    expect(() => effectSize([NaN], [1])).toThrow(RangeError)
  })
})
