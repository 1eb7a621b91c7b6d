import { describe, expect, it } from 'vitest'
import { countValues, desiredShares } from '../../../../src/audit/measures/retrieval-skew/desired-shares.js'

describe('desiredShares', () => {
  it('are equal for every value that occurs, or those of the list', () => {
    expect(desiredShares([5, 0, 3], 'uniform')).toEqual([0.5, 0, 0.5])
    expect(desiredShares([5, 0, 3], 'dataset')).toEqual([0.625, 0, 0.375])
    expect(desiredShares([7], 'uniform')).toEqual([1])
  })
})

describe('countValues', () => {
  it('counts the images of each code, absent ones included', () => {
    expect(countValues([2, 0, 2])).toEqual([1, 0, 2])
    expect(countValues(Uint16Array.of(1))).toEqual([0, 1])
    expect(countValues([])).toEqual([])
  })

  it.each([-1, 0.5, NaN])('refuses the code %d', (code) =>
    expect(() => countValues([0, code])).toThrow(`countValues expected codes from 0 but received ${code}`),
  )
})
