import { describe, expect, it } from 'vitest'
import { pairedChange, pairedTotal, requirePairedCounts } from '../../../src/audit/statistics/paired-counts.js'

const counts = { both: 36, onlyFirst: 2, onlySecond: 12, neither: 5 }

describe('paired counts', () => {
  it('add up to the images decided in both runs', () => expect(pairedTotal(counts)).toBe(55))
  it('change by what the second run gains less what it loses', () => {
    expect(pairedChange(counts)).toBe(10 / 55)
    expect(pairedChange({ both: 0, onlyFirst: 3, onlySecond: 0, neither: 1 })).toBe(-0.75)
  })
  it.each(['both', 'onlyFirst', 'onlySecond', 'neither'] as const)('are refused where %s is no whole count', (cell) => {
    for (const images of [-1, 0.5, NaN, Infinity]) {
      expect(() => requirePairedCounts('caller', { ...counts, [cell]: images })).toThrow(
        `caller expected whole counts from 0 of paired images but received ${images}`,
      )
    }
    expect(() => requirePairedCounts('caller', { ...counts, [cell]: 0 })).not.toThrow()
  })
  it('are refused without any image, and accepted with one', () => {
    const none = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }
    expect(() => requirePairedCounts('caller', none)).toThrow(RangeError)
    expect(() => requirePairedCounts('caller', none)).toThrow(
      'caller expected at least one paired image but received 0',
    )
    expect(() => requirePairedCounts('caller', { ...none, neither: 1 })).not.toThrow()
  })
})
