import { describe, expect, it } from 'vitest'
import { requireFlowMatrix } from '../../../src/audit/statistics/flow-matrix.js'

describe('requireFlowMatrix', () => {
  it('accepts whole counts in a square', () =>
    expect(() =>
      requireFlowMatrix('caller', [
        [0, 1],
        [2, 3],
      ]),
    ).not.toThrow())
  it('refuses rows of another length', () => {
    expect(() => requireFlowMatrix('caller', [[1, 2]])).toThrow('caller expected 1 columns in every row but received 2')
    expect(() => requireFlowMatrix('caller', [[1, 2], [1]])).toThrow(RangeError)
  })
  it.each([-1, 0.5, NaN])('refuses %d images', (images) =>
    expect(() =>
      requireFlowMatrix('caller', [
        [1, 2],
        [images, 4],
      ]),
    ).toThrow(`caller expected whole counts from 0 but received ${images}`),
  )
})
