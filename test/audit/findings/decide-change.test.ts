import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideByMargin, decideChange, tooFewPairs } from '../../../src/audit/findings/decide-change.js'
import type { ChangeRule } from '../../../src/audit/findings/decide-change.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import type { ChangeVerdict } from '../../../src/audit/types/change.js'
import { chanceOf, discordantSamples, pairedCounts, swapped } from '../statistics/paired-samples.js'

const rule: ChangeRule = { alpha: 0.05, m: 1, minimum: 30, margin: 0.01 }
const higher: ChangeVerdict = { kind: 'change', direction: 'higher' }
const lower: ChangeVerdict = { kind: 'change', direction: 'lower' }
const within: ChangeVerdict = { kind: 'within-margin', settledBy: 'difference' }
const tooWide: ChangeVerdict = { kind: 'inconclusive', reason: 'interval-too-wide' }
const fewEvents: ChangeVerdict = { kind: 'inconclusive', reason: 'few-events' }

/** Of `total` images, some gained and some lost; the others stayed outside. */
function moved(total: number, gained: number, lost: number): PairedCounts {
  return { both: 0, onlyFirst: lost, onlySecond: gained, neither: total - gained - lost }
}

describe('decideChange on the worked cases of the specification (A8b)', () => {
  it.each([
    [1356, 0, 417, 9, lower],
    [10_000, 20, 25, 14, within],
    [1556, 18, 3, 14, tooWide],
    [50, 0, 0, 1, tooWide],
  ] as [number, number, number, number, ChangeVerdict][])(
    'judges %i images, %i gained, %i lost, m = %i',
    (total, gained, lost, m, verdict) =>
      expect(decideChange(moved(total, gained, lost), { ...rule, m })).toEqual(verdict),
  )
})

describe('decideChange, step by step', () => {
  it('gives no verdict on fewer images than the minimum', () => {
    expect(decideChange(moved(29, 29, 0), rule)).toEqual({
      kind: 'insufficient',
      reason: 'group-too-small',
      total: 29,
      minimum: 30,
    })
    expect(decideChange(moved(30, 29, 0), rule)).toEqual(higher)
  })
  it('counts all four cells for the minimum', () => {
    const counts = { both: 10, onlyFirst: 6, onlySecond: 7, neither: 6 }
    expect(decideChange(counts, rule)).toMatchObject({ reason: 'group-too-small', total: 29 })
    expect(decideChange({ ...counts, both: 11 }, rule)).toEqual(tooWide)
  })
  it('gives no verdict without images, even where the policy has a minimum of 0', () =>
    expect(decideChange(moved(0, 0, 0), { ...rule, minimum: 0 })).toEqual({
      kind: 'insufficient',
      reason: 'group-too-small',
      total: 0,
      minimum: 0,
    }))
  it('finds a change in either direction', () => {
    expect(decideChange(moved(1000, 100, 10), rule)).toEqual(higher)
    expect(decideChange(moved(1000, 10, 100), rule)).toEqual(lower)
  })
  it('uses the interval at level alpha / m', () => {
    const counts = moved(1556, 36, 3)
    const low = (m: number) => tangoInterval(counts, 0.05 / m).low
    expect([low(1) > 0.01, low(126) > 0.01]).toEqual([true, false])
    expect(decideChange(counts, rule)).toEqual(higher)
    expect(decideChange(counts, { ...rule, m: 126 })).toEqual(tooWide)
  })
  it('takes an interval that is known already', () => {
    const counts = moved(10_000, 20, 25)
    expect(decideChange(counts, rule)).toEqual(within)
    expect(decideChange(counts, rule, { low: -0.02, high: 0.001 })).toEqual(tooWide)
  })
  it('mirrors when the runs are swapped', () => {
    const mirror = { higher: 'lower', lower: 'higher' } as const
    fc.assert(
      fc.property(pairedCounts(3000), fc.constantFrom(1, 14), (counts, m) => {
        const there = decideChange(counts, { ...rule, m })
        const back = decideChange(swapped(counts), { ...rule, m })
        expect(back).toEqual(there.kind === 'change' ? { ...there, direction: mirror[there.direction] } : there)
      }),
    )
  })
  it('refuses counts that are none', () =>
    expect(() => decideChange({ both: 50, onlyFirst: 0.5, onlySecond: 0, neither: 0 }, rule)).toThrow(RangeError))
})

describe('decideByMargin', () => {
  it.each([
    [0.0101, 0.5, higher],
    [0.01, 0.5, tooWide],
    [-0.5, -0.0101, lower],
    [-0.5, -0.01, tooWide],
    [-0.01, 0.01, within],
    [-0.0101, 0.01, tooWide],
    [-0.01, 0.0101, tooWide],
    [0.001, 0.009, within],
  ] as [number, number, ChangeVerdict][])('of an interval from %d to %d', (low, high, verdict) =>
    expect(decideByMargin({ low, high }, 0.01)).toEqual(verdict),
  )
})

describe('tooFewPairs', () => {
  it('names the side that it is asked about', () => {
    expect(tooFewPairs('reference-too-small', moved(29, 0, 0), rule)).toMatchObject({ reason: 'reference-too-small' })
    expect(tooFewPairs('reference-too-small', moved(30, 0, 0), rule)).toBeNull()
    expect(tooFewPairs('group-too-small', moved(1, 0, 0), { ...rule, minimum: 0 })).toBeNull()
  })
})

describe('the guard of decideChange', () => {
  it('does not call a few images a change, although the interval lies beyond the margin', () => {
    for (const [total, images, m] of [
      [750, 13, 1],
      [750, 17, 14],
      [1556, 28, 14],
    ]) {
      expect(tangoInterval(moved(total, images, 0), 0.05 / m).low).toBeGreaterThan(0.01)
      expect(decideChange(moved(total, images, 0), { ...rule, m })).toEqual(fewEvents)
      expect(decideChange(moved(total, 0, images), { ...rule, m })).toEqual(fewEvents)
      expect(decideChange(moved(total, images + 1, 0), { ...rule, m })).toEqual(higher)
      expect(decideChange(moved(total, 0, images + 1), { ...rule, m })).toEqual(lower)
    }
  })
  it('counts the images that moved against the change: as many must be made up for', () => {
    const counts = moved(3000, 50, 2)
    expect(tangoInterval(counts, 0.05 / 14).low).toBeGreaterThan(0.01)
    expect(decideChange(counts, { ...rule, m: 14 })).toEqual(fewEvents)
    expect(decideChange(swapped(counts), { ...rule, m: 14 })).toEqual(fewEvents)
  })
  it('is never passed where the margin and the opposite moves add up to more than 1', () =>
    // 0.6 + 500 / 1000 is no probability; at 1 every count is certain, and so not rare
    expect(decideChange(moved(1000, 500, 500), { ...rule, margin: 0.6 }, { low: 0.7, high: 0.8 })).toEqual(fewEvents))
})

describe('decideChange on its own boundary (A8b, by exact enumeration)', () => {
  /** How often the rule finds "higher" when the true change is exactly the margin, as a multiple of what it allows itself:
   *  with the guard, and by the interval alone. */
  function errors(total: number, m: number, against: number): { ours: number; plain: number } {
    const samples = discordantSamples(total, [0, against, against + 0.01, 0.99 - 2 * against])
    const isHigher = (verdict: ChangeVerdict) => verdict.kind === 'change' && verdict.direction === 'higher'
    const nominal = 0.05 / m / 2
    return {
      ours: chanceOf(samples, (counts) => isHigher(decideChange(counts, { ...rule, m }))) / nominal,
      plain: chanceOf(samples, (counts) => isHigher(decideByMargin(tangoInterval(counts, 0.05 / m), 0.01))) / nominal,
    }
  }
  it('errs 0.77 times as often as nominal where the guard matters most, instead of 2.8 times', () => {
    // 1,556 images, m = 14, the change can only go one way; exact values, the specification simulated 0.77 and 2.8
    const { ours, plain } = errors(1556, 14, 0)
    expect(ours).toBeCloseTo(0.778, 3)
    expect(plain).toBeCloseTo(2.838, 3)
  })
  it.each([
    [118, 1, 0, 0.05],
    [118, 1, 0.05, 1.03],
    [750, 1, 0, 0.84],
    [750, 14, 0.005, 1.22],
    [1556, 14, 0.002, 1.38],
  ])(
    'errs for %i images, m = %i, %d moving against, as often as nominal or little more',
    (total, m, against, expected) => {
      const { ours } = errors(total, m, against)
      expect(ours).toBeCloseTo(expected, 2)
    },
  )
  it('says "within" at the margin no more often than nominal', () => {
    const samples = discordantSamples(1556, [0, 0, 0.01, 0.99])
    expect(chanceOf(samples, (counts) => decideChange(counts, rule).kind === 'within-margin')).toBeLessThan(0.025)
  })
})
