import { describe, expect, it } from 'vitest'
import { spreadOut } from '../../../src/audit/forecast/spread-out.js'

describe('a sample that is spread out', () => {
  it('takes every tenth of a hundred for ten', () => {
    const items = Array.from({ length: 100 }, (_, index) => index)
    expect(spreadOut(items, 10)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
  })

  it('takes all where there are not more, and none twice', () => {
    expect(spreadOut([4, 5, 6], 3)).toEqual([4, 5, 6])
    expect(spreadOut([4, 5, 6], 9)).toEqual([4, 5, 6])
    expect(new Set(spreadOut(Array.from({ length: 101 }, (_, index) => index), 100)).size).toBe(100) // prettier-ignore
  })
})
