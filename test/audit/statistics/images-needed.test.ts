import { describe, expect, it } from 'vitest'
import { imagesNeeded } from '../../../src/audit/statistics/images-needed.js'

const margin = { difference: 0.01, ratio: 1.25 }
const needed = (k1: number, n1: number, k2: number, n2: number, m: number) =>
  imagesNeeded({ group: { count: k1, total: n1 }, reference: { count: k2, total: n2 }, alpha: 0.05 / m, margin })

describe('imagesNeeded', () => {
  it('takes the larger of both factors where the group lies inside the margins', () => {
    // 147/1209 against 1210/9745, m = 7: factors 1.335 and 2.127; the specification, A10
    const answer = needed(147, 1209, 1210, 9745, 7)
    expect(answer?.factor).toBeCloseTo(2.127, 3)
    expect(answer?.images).toBe(2572)
  })
  it('confirms the one margin that the group has passed', () => {
    // 115/1516 against 450/9438, m = 7; the specification, A10
    const answer = needed(115, 1516, 450, 9438, 7)
    expect(answer?.factor).toBeCloseTo(2.2, 3)
    expect(answer?.images).toBe(3335)
  })
  it('confirms the lower margin where the group lies below it', () =>
    expect(needed(5, 100, 1000, 8000, 7)?.factor).toBeGreaterThan(1))
  it('is null beyond a hundredfold, also exactly on the margin', () => {
    expect(needed(126, 1000, 1000, 10000, 14)).toBeNull()
    expect(needed(125, 1000, 1000, 10000, 14)).toBeNull()
  })
  it('asks for a tenth more where the formula finds enough', () => {
    const answer = needed(300, 1000, 500, 10000, 1)
    expect(answer).toEqual({ factor: 1.1, images: 1100 })
  })
  it('rules out margins beyond 0 and 1 by their distance', () => {
    expect(needed(0, 100, 0, 10000, 1)?.factor).toBeGreaterThan(1)
    expect(needed(97, 100, 9900, 10000, 14)?.factor).toBeGreaterThan(0)
  })
  it('leaves out the upper margin where the group is nearly everyone', () => {
    const sides = { group: { count: 100, total: 900 }, reference: { count: 12, total: 100 } }
    expect(imagesNeeded({ ...sides, alpha: 0.05, margin, share: 0.9 })?.factor).toBeGreaterThan(0)
  })
  it('refuses a side without images', () => {
    expect(() => needed(0, 0, 1, 2, 1)).toThrow(
      'imagesNeeded expected a total of at least one observation but received 0',
    )
    expect(() => needed(1, 2, 0, 0, 1)).toThrow(
      'imagesNeeded expected a total of at least one observation but received 0',
    )
  })
})
