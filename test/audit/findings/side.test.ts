import { describe, expect, it } from 'vitest'
import { effectiveCounts, effectiveSides, independentUnits, withMoved } from '../../../src/audit/findings/side.js'

const OF_PEOPLE = { count: 12, total: 60, subjects: { count: 20, designEffect: 2.4 } }

describe('effectiveCounts', () => {
  it('divides count and total by the design effect, so that the rate stays', () => {
    expect(effectiveCounts(OF_PEOPLE)).toEqual({ count: 5, total: 25 })
  })
  it('leaves independent images as they are', () =>
    expect(effectiveCounts({ count: 3, total: 7 })).toEqual({ count: 3, total: 7 }))
  it('does both sides', () => {
    expect(effectiveSides({ group: OF_PEOPLE, reference: { count: 1, total: 2 } })).toEqual({
      group: { count: 5, total: 25 },
      reference: { count: 1, total: 2 },
    })
  })
})

describe('independentUnits', () => {
  it('counts subjects where they are known, else images', () => {
    expect(independentUnits(OF_PEOPLE)).toBe(20)
    expect(independentUnits({ count: 1, total: 9 })).toBe(9)
  })
})

describe('withMoved', () => {
  it('moves images into or out of the outcome and keeps the rest', () => {
    expect(withMoved(OF_PEOPLE, -2)).toEqual({ ...OF_PEOPLE, count: 10 })
    expect(withMoved({ count: 0, total: 5 }, 5)).toEqual({ count: 5, total: 5 })
  })
})
