import { describe, expect, it } from 'vitest'
import { judgeChange } from '../../../src/audit/findings/judge-change.js'
import { mcnemarTest } from '../../../src/audit/statistics/mcnemar-test.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'

type Options = { m?: number; oneWay?: boolean; nearTies?: Parameters<typeof judgeChange>[0]['nearTies'] }

function judge(counts: PairedCounts, { m = 1, oneWay = false, nearTies = null }: Options = {}) {
  return judgeChange({ counts, rule: { alpha: 0.05, m, minimum: 30, margin: 0.01 }, oneWay, nearTies })
}

/** Of `total` images, some gained and some lost; the others stayed outside. */
function moved(total: number, gained: number, lost: number): PairedCounts {
  return { both: 0, onlyFirst: lost, onlySecond: gained, neither: total - gained - lost }
}

describe('judgeChange on the worked cases of the specification (A8b)', () => {
  it.each([
    [1356, 0, 417, 9, -0.307522, -0.343276, -0.273939, 'change'],
    [10_000, 20, 25, 14, -0.0005, -0.002667, 0.001589, 'within-margin'],
    [1556, 18, 3, 14, 0.00964, 0.001341, 0.020837, 'inconclusive'],
    [50, 0, 0, 1, 0, -0.071348, 0.071348, 'inconclusive'],
  ])('judges %i images, %i gained, %i lost, m = %i', (total, gained, lost, m, change, low, high, kind) => {
    const judged = judge(moved(total, gained, lost), { m })
    expect(judged.verdict.kind).toBe(kind)
    expect(judged.asDecided).toEqual(judged.verdict)
    expect(judged.change.value).toBeCloseTo(change, 6)
    expect(judged.change.adjusted?.low).toBeCloseTo(low, 6)
    expect(judged.change.adjusted?.high).toBeCloseTo(high, 6)
    expect(judged.level).toBe(0.05 / m)
  })
  it('prints the plain interval beside the adjusted one', () => {
    const counts = moved(1556, 18, 3)
    const judged = judge(counts, { m: 14 })
    expect(judged.change.interval).toEqual(tangoInterval(counts, 0.05))
    expect(judged.change.adjusted).toEqual(tangoInterval(counts, 0.05 / 14))
    expect(judged.change.reason).toBeUndefined()
  })
})

describe('judgeChange and the p for reading', () => {
  it('is McNemar’s mid-p where both ways are open', () => {
    const counts = { both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }
    const { p, pReason } = judge(counts)
    expect(p).toBe(mcnemarTest(counts).midP)
    expect(p).toBeCloseTo(0.00738525391, 10)
    expect(pReason).toBeUndefined()
  })
  it('is given without a reason where as many images moved each way', () => {
    const { p, pReason } = judge(moved(100, 5, 5))
    expect([p, pReason]).toEqual([1, undefined])
  })
  it('is 1, and says why, where no image was decided differently', () => {
    // specification, C26
    const judged = judge({ both: 20, onlyFirst: 0, onlySecond: 0, neither: 30 })
    expect([judged.p, judged.pReason]).toEqual([1, 'no-discordant-pairs'])
    expect(judged.change.value).toBe(0)
    expect(judged.change.interval?.high).toBeCloseTo(0.0713, 4)
  })
  it('is withheld where the change could only go one way', () => {
    for (const lost of [417, 0]) {
      const { p, pReason } = judge(moved(1356, 0, lost), { oneWay: true })
      expect([p, pReason]).toEqual([null, 'one-way'])
    }
  })
})

describe('judgeChange with too few images', () => {
  it('gives every number but no verdict', () => {
    const judged = judge(moved(29, 6, 0))
    expect(judged.verdict).toEqual({ kind: 'insufficient', reason: 'group-too-small', total: 29, minimum: 30 })
    expect(judged.change.value).toBe(6 / 29)
    expect(judged.change.interval).toEqual(tangoInterval(moved(29, 6, 0)))
    expect(judged.p).toBeCloseTo(0.015625, 12)
  })
  it('has nothing to say where no image was decided in both runs', () => {
    const insufficient = { kind: 'insufficient', reason: 'group-too-small', total: 0, minimum: 30 }
    expect(judge(moved(0, 0, 0), { m: 7 })).toEqual({
      verdict: insufficient,
      asDecided: insufficient,
      change: { value: null, reason: 'not-paired', interval: null, adjusted: null },
      level: 0.05 / 7,
      p: null,
      pReason: 'not-paired',
    })
  })
})

describe('judgeChange with near-ties', () => {
  const counts = moved(1000, 60, 10)
  const higher = { kind: 'change', direction: 'higher' }
  it('leaves a verdict that no near-tie can change', () => {
    const judged = judge(counts, { nearTies: { raised: moved(1000, 63, 8), lowered: moved(1000, 57, 12) } })
    expect(judged.verdict).toEqual(higher)
  })
  it('takes back a change that near-ties could undo, and keeps what was decided', () => {
    const judged = judge(counts, { nearTies: { raised: moved(1000, 80, 5), lowered: moved(1000, 30, 20) } })
    expect(judged.verdict).toEqual({ kind: 'inconclusive', reason: 'near-ties-decide' })
    expect(judged.asDecided).toEqual(higher)
  })
  it('takes back a "within margin" that near-ties could raise or lower out of it', () => {
    const still = moved(10_000, 20, 25)
    for (const nearTies of [
      { raised: moved(10_000, 120, 25), lowered: still },
      { raised: still, lowered: moved(10_000, 20, 125) },
    ]) {
      expect(judge(still, { nearTies }).verdict).toEqual({ kind: 'inconclusive', reason: 'near-ties-decide' })
    }
    expect(judge(still, { nearTies: { raised: still, lowered: still } }).verdict.kind).toBe('within-margin')
  })
  it('tries nothing where near-ties are not known', () => {
    const input = { counts, rule: { alpha: 0.05, m: 1, minimum: 30, margin: 0.01 }, oneWay: false }
    expect(judgeChange(input).verdict).toEqual(higher)
    expect(judgeChange({ ...input, nearTies: null }).verdict).toEqual(higher)
  })
})
