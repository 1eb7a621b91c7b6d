import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paceOf, secondsAt } from '../../../src/audit/forecast/pace.js'

const laps = (...seconds: number[]) => seconds.map((each) => ({ done: 32, seconds: each }))

describe('the pace of a measurement', () => {
  it('leaves out the first lap, which fills the pipeline', () => {
    expect(paceOf(laps(9, 2, 2, 2))).toEqual({ timed: 96, perSecond: { low: 14.4, middle: 16, high: 17.6 } })
  })

  it('is doubted by a tenth where the laps agree, and by two standard errors where they do not', () => {
    const pace = paceOf(laps(5, 1, 2, 4))
    expect(pace?.perSecond.middle).toBeCloseTo(96 / 7, 12)
    // Python: sqrt(((32 - 96 / 7) ** 2 + (16 - 96 / 7) ** 2 + (8 - 96 / 7) ** 2) / 2 / 3) is 7.876599...
    expect(pace?.perSecond.high).toBeCloseTo(96 / 7 + 2 * 7.876_599_2, 6)
    expect(pace?.perSecond.low).toBeCloseTo(48 / 7, 12)
  })

  it.each([
    [[]],
    [
      [
        { done: 32, seconds: 1 },
        { done: 0, seconds: 5 },
      ],
    ],
  ])('is not known from %j', (too) => expect(paceOf(too)).toBeNull())

  it('tells back the time of a steady worker, whatever its pace (planted)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 5000, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (perSecond, count) => {
          const pace = paceOf(Array.from({ length: count }, () => ({ done: 32, seconds: 32 / perSecond })))
          if (pace === null) throw new Error('a pace is known')
          const { low, middle, high } = secondsAt(pace, 1000)
          expect(middle).toBeCloseTo(1000 / perSecond, 5)
          expect(low).toBeLessThan(middle)
          expect(high).toBeGreaterThan(middle)
        },
      ),
    )
  })
})
