import { describe, expect, it } from 'vitest'
import { isFullCross } from '../../../src/audit/statistics/full-cross.js'

describe('isFullCross', () => {
  it('holds where every combination of the choices stands once, in any order', () => {
    expect(isFullCross([[1, 0], [0, 1], [0, 0], [1, 1]])).toBe(true) // prettier-ignore
    expect(isFullCross([[0], [1], [2]])).toBe(true) // prettier-ignore
    expect(isFullCross([[3, 7]])).toBe(true)
    expect(isFullCross([[]])).toBe(true)
  })
  it('does not hold where a combination is missing or stands twice', () => {
    expect(isFullCross([[0, 0], [0, 1], [1, 0]])).toBe(false) // prettier-ignore
    expect(isFullCross([[0, 0], [0, 1], [1, 0], [1, 0]])).toBe(false) // prettier-ignore
    expect(isFullCross([[0, 0], [0, 1], [1, 0], [1, 1], [1, 1]])).toBe(false) // prettier-ignore
  })
  it('refuses no cells, and cells of different length', () => {
    expect(() => isFullCross([])).toThrow('isFullCross expected at least one cell but received none')
    expect(() => isFullCross([[0], [0, 1]])).toThrow('isFullCross expected cells of 1 choices but received others') // prettier-ignore
  })
})
