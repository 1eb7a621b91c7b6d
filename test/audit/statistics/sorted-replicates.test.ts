import { describe, expect, it } from 'vitest'
import { sortedReplicates } from '../../../src/audit/statistics/sorted-replicates.js'

describe('sortedReplicates', () => {
  it('sorts a copy by size', () => {
    const replicates = Object.freeze([10, 9, -Infinity, 100])
    expect([...sortedReplicates('caller', replicates)]).toEqual([-Infinity, 9, 10, 100])
  })
  it('refuses none, and one that is no number', () => {
    expect(() => sortedReplicates('caller', [])).toThrow(
      new RangeError('caller expected replicates that are numbers but received none'),
    )
    expect(() => sortedReplicates('caller', [1, NaN, 3])).toThrow(
      'caller expected replicates that are numbers but received NaN',
    )
  })
})
