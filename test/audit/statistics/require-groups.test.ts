import { describe, expect, it } from 'vitest'
import { requireGroups } from '../../../src/audit/statistics/require-groups.js'
import { groupsOf } from './group-samples.js'

describe('requireGroups', () => {
  it('asks for two groups unless told otherwise', () => {
    expect(() => requireGroups('caller', groupsOf([1], [2]))).toThrow(
      'caller expected at least 2 groups but received 1',
    )
    expect(() => requireGroups('caller', groupsOf([1, 1], [2, 2]))).not.toThrow()
    expect(() => requireGroups('caller', groupsOf([1], [2]), 1)).not.toThrow()
    expect(() => requireGroups('caller', [], 1)).toThrow('caller expected at least one group but received 0')
    expect(() => requireGroups('caller', groupsOf([1, 1, 1, 1], [2, 2, 2, 2]), 5)).toThrow(RangeError)
  })
  it('refuses a count that cannot be, in any group', () =>
    expect(() => requireGroups('caller', groupsOf([1, 3], [2, 2]))).toThrow(
      'caller expected a whole count from 0 to 2 but received 3',
    ))
})
