import { describe, expect, it } from 'vitest'
import { adjustSorted } from '../../../src/audit/statistics/p-values.js'

describe('adjustSorted', () => {
  it('hands over ascending p-values and puts the results back in place', () => {
    const seen: number[][] = []
    const result = adjustSorted('here', [0.5, null, 0.1], (ascending) => {
      seen.push([...ascending])
      return ascending.map((_, rank) => rank)
    })
    expect(seen).toEqual([[0.1, 0.5]])
    expect(result).toEqual([1, null, 0])
  })
  it('names the caller when it refuses', () =>
    expect(() => adjustSorted('holm', [2], () => [])).toThrow('holm expected a p-value from 0 to 1 but received 2'))
})
