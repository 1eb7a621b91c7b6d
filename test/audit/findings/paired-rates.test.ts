import { describe, expect, it } from 'vitest'
import { pairedRates, sideChange } from '../../../src/audit/findings/paired-rates.js'

describe('pairedRates', () => {
  it('gives the rate under each run with its Wilson interval', () => {
    // R 4: prop.test(38, 50, correct = FALSE)$conf.int, and of 48
    const [first, second] = pairedRates({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }, 0.05)
    expect(first).toEqual({ count: 38, total: 50, value: 0.76, interval: first.interval })
    expect(second).toEqual({ count: 48, total: 50, value: 0.96, interval: second.interval })
    expect(first.interval?.[0]).toBeCloseTo(0.625873162, 9)
    expect(first.interval?.[1]).toBeCloseTo(0.857026086, 9)
    expect(second.interval?.[0]).toBeCloseTo(0.865399093, 9)
    expect(second.interval?.[1]).toBeCloseTo(0.988961116, 9)
  })

  it('gives no rate and no change where no image was decided in both runs', () => {
    const none = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }
    expect(pairedRates(none, 0.05)).toEqual(Array(2).fill({ count: 0, total: 0, value: null, interval: null }))
    expect(sideChange(none, 0.05)).toEqual({ value: null, interval: null })
  })
})

describe('sideChange', () => {
  it("gives the change with Tango's interval", () => {
    // measures.md A6: (e, b', c', f) = (36, 12, 2, 0)
    const { value, interval } = sideChange({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }, 0.05)
    expect(value).toBe(0.2)
    expect(interval?.[0]).toBeCloseTo(0.061112406, 8)
    expect(interval?.[1]).toBeCloseTo(0.344708748, 8)
  })
})
