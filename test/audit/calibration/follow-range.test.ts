import { describe, expect, it } from 'vitest'
import { followRange, NO_COUNTS } from '../../../src/audit/calibration/follow-range.js'

const limits = { low: 0, high: 9 }
const between =
  (low: number, high: number) =>
  (count: number): boolean =>
    count >= low && count <= high

describe('followRange', () => {
  it.each([
    [3, 5, 4, 7],
    [4, 7, 3, 5],
    [4, 7, 5, 6],
    [5, 6, 4, 7],
    [0, 1, 8, 9],
    [8, 9, 0, 1],
    [0, 9, 4, 4],
    [4, 4, 0, 9],
  ])('finds what was %i to %i and is now %i to %i', (low, high, nowLow, nowHigh) => {
    const found = followRange({ before: { low, high }, limits, holds: between(nowLow, nowHigh) })
    expect(found).toEqual({ low: nowLow, high: nowHigh })
  })

  it('seeks everywhere when there was nothing before', () => {
    expect(followRange({ before: NO_COUNTS, limits, holds: between(7, 8) })).toEqual({ low: 7, high: 8 })
  })

  it('finds nothing where nothing holds', () => {
    expect(followRange({ before: { low: 2, high: 4 }, limits, holds: () => false })).toEqual(NO_COUNTS)
  })

  it('never leaves the limits', () => {
    const found = followRange({ before: { low: 0, high: 20 }, limits: { low: 3, high: 6 }, holds: () => true })
    expect(found).toEqual({ low: 3, high: 6 })
  })

  it('asks only at the seed when there is one', () => {
    const asked: number[] = []
    const holds = (count: number): boolean => {
      asked.push(count)
      return between(4, 5)(count)
    }
    expect(followRange({ before: NO_COUNTS, limits, holds, seed: 5 })).toEqual({ low: 4, high: 5 })
    expect(Math.min(...asked)).toBe(3)
    expect(followRange({ before: NO_COUNTS, limits, holds, seed: 8 })).toEqual(NO_COUNTS)
  })

  it('ignores a seed outside the limits', () => {
    expect(followRange({ before: NO_COUNTS, limits, holds: () => true, seed: -1 })).toEqual(NO_COUNTS)
    expect(followRange({ before: NO_COUNTS, limits, holds: () => true, seed: 10 })).toEqual(NO_COUNTS)
    expect(followRange({ before: NO_COUNTS, limits, holds: () => true, seed: 9 })).toEqual(limits)
    expect(followRange({ before: NO_COUNTS, limits, holds: () => true, seed: 0 })).toEqual(limits)
  })
})
