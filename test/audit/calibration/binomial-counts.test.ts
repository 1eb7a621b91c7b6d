import { describe, expect, it } from 'vitest'
import { binomialCounts } from '../../../src/audit/calibration/binomial-counts.js'

describe('binomialCounts', () => {
  it('gives the chance of every count', () => {
    const counts = binomialCounts(2, 0.5)
    expect([0, 1, 2].map(counts.chance)).toEqual([0.25, 0.5, 0.25])
  })

  it('adds up a range, both ends included', () => {
    const { chanceBetween } = binomialCounts(2, 0.5)
    expect(chanceBetween(0, 1)).toBe(0.75)
    expect(chanceBetween(1, 2)).toBe(0.75)
    expect(chanceBetween(0, 2)).toBe(1)
    expect(chanceBetween(-3, 5)).toBe(1)
  })

  it('gives an empty range no chance', () => {
    expect(binomialCounts(2, 0.5).chanceBetween(2, 1)).toBe(0)
    expect(binomialCounts(2, 0.5).chanceBetween(0, -1)).toBe(0)
    expect(binomialCounts(2, 0.5).chance(3)).toBe(0)
  })

  it('visits everything where everything can happen', () => {
    expect(binomialCounts(10, 0.5)).toMatchObject({ total: 10, first: 0, last: 10 })
  })

  it('leaves out what has less than one chance in ten thousand million at either end, and no more', () => {
    const { first, last, chanceBetween } = binomialCounts(1000, 0.5)
    expect(first).toBeGreaterThan(390)
    expect(last).toBeLessThan(610)
    expect(chanceBetween(0, first - 1)).toBeLessThan(1e-10)
    expect(chanceBetween(0, first)).toBeGreaterThan(1e-10)
    expect(chanceBetween(last + 1, 1000)).toBeLessThanOrEqual(1.001e-10)
    expect(chanceBetween(last, 1000)).toBeGreaterThan(1e-10)
  })

  it('knows the one count of a rate of 0 and of 1', () => {
    expect(binomialCounts(5, 0)).toMatchObject({ first: 0, last: 0 })
    expect(binomialCounts(5, 1)).toMatchObject({ first: 5, last: 5 })
    expect(binomialCounts(5, 1).chance(5)).toBe(1)
  })
})
