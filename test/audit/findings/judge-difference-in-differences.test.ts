import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeDifferenceInDifferences } from '../../../src/audit/findings/judge-difference-in-differences.js'
import type { PairedNearTies } from '../../../src/audit/findings/decide-change.js'
import { differenceInDifferencesTest } from '../../../src/audit/statistics/difference-in-differences-test.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { pairedCounts } from '../statistics/paired-samples.js'

type Options = {
  m?: number
  minimum?: number
  groupTies?: PairedNearTies | null
  referenceTies?: PairedNearTies | null
}

function judge(group: PairedCounts, reference: PairedCounts, options: Options = {}) {
  const { m = 1, minimum = 30, groupTies = null, referenceTies = null } = options
  return judgeDifferenceInDifferences({
    group: { counts: group, nearTies: groupTies },
    reference: { counts: reference, nearTies: referenceTies },
    rule: { alpha: 0.05, m, minimum, margin: 0.01 },
  })
}

/** Of `total` images, some gained and some lost; the others stayed outside. */
function moved(total: number, gained: number, lost: number): PairedCounts {
  return { both: 0, onlyFirst: lost, onlySecond: gained, neither: total - gained - lost }
}

const group = { both: 20, onlyFirst: 180, onlySecond: 0, neither: 300 }
const reference = { both: 90, onlyFirst: 12, onlySecond: 2, neither: 896 }
const nearTiesDecide = { kind: 'inconclusive', reason: 'near-ties-decide' }

describe('judgeDifferenceInDifferences', () => {
  it('judges the worked case of the specification (A6, A8b)', () => {
    const judged = judge(group, reference, { m: 7 })
    expect(judged.verdict).toEqual({ kind: 'change', direction: 'lower' })
    expect(judged.asDecided).toEqual(judged.verdict)
    expect(judged.change.value).toBeCloseTo(-0.35, 14)
    expect(judged.change.interval?.low).toBeCloseTo(-0.393537399, 9)
    expect(judged.change.interval?.high).toBeCloseTo(-0.308141793, 9)
    expect(judged.change.adjusted?.low).toBeCloseTo(-0.410216, 6)
    expect(judged.change.adjusted?.high).toBeCloseTo(-0.292977, 6)
    expect(judged.level).toBe(0.05 / 7)
    expect(judged.p).toBe(differenceInDifferencesTest(group, reference).p)
    expect(judged.pReason).toBeUndefined()
  })
  it('finds a change of the group that the reference shares within the margin', () =>
    expect(judge(moved(60_000, 6000, 0), moved(60_000, 6010, 0)).verdict).toEqual({
      kind: 'within-margin',
      settledBy: 'difference',
    }))
  it('cannot tell on few images', () =>
    expect(judge(moved(50, 1, 0), moved(50, 0, 0)).verdict).toEqual({
      kind: 'inconclusive',
      reason: 'interval-too-wide',
    }))
  it('decides at level alpha / m', () => {
    const [more, less] = [moved(2000, 120, 0), moved(2000, 70, 0)]
    expect(judge(more, less).verdict).toEqual({ kind: 'change', direction: 'higher' })
    expect(judge(more, less, { m: 14 }).verdict).toEqual({ kind: 'inconclusive', reason: 'interval-too-wide' })
  })
  it('gives no verdict on a side that is too small, the group being looked at first', () => {
    expect(judge(moved(29, 9, 0), moved(29, 0, 0)).verdict).toEqual({
      kind: 'insufficient',
      reason: 'group-too-small',
      total: 29,
      minimum: 30,
    })
    const judged = judge(moved(30, 9, 0), moved(29, 0, 0))
    expect(judged.verdict).toMatchObject({ reason: 'reference-too-small', total: 29 })
    expect(judged.change.value).toBeCloseTo(0.3, 14)
    expect(judge(moved(30, 30, 0), moved(30, 0, 30)).verdict.kind).toBe('change')
  })
  it('has nothing to say where a side has no image decided in both runs', () => {
    const nothing = { value: null, reason: 'not-paired', interval: null, adjusted: null }
    const none = moved(0, 0, 0)
    for (const [first, second, reason] of [
      [none, reference, 'group-too-small'],
      [group, none, 'reference-too-small'],
    ] as const) {
      const judged = judge(first, second, { minimum: 0 })
      expect(judged.verdict).toEqual({ kind: 'insufficient', reason, total: 0, minimum: 0 })
      expect(judged).toMatchObject({ change: nothing, p: null, pReason: 'not-paired', level: 0.05 })
    }
  })
  it('has no p where on neither side some images changed and others not', () => {
    const judged = judge(moved(50, 0, 0), moved(40, 40, 0))
    expect([judged.p, judged.pReason]).toEqual([null, 'no-variation'])
    expect(judge(moved(50, 0, 0), moved(40, 39, 0)).p).not.toBeNull()
    expect(judge(moved(50, 1, 0), moved(40, 40, 0)).p).not.toBeNull()
  })
  it('mirrors when the sides are swapped', () => {
    const mirror = { higher: 'lower', lower: 'higher' } as const
    fc.assert(
      fc.property(pairedCounts(2000), pairedCounts(2000), (one, other) => {
        const there = judge(one, other, { minimum: 0 }).verdict
        const back = judge(other, one, { minimum: 0 }).verdict
        expect(back).toEqual(there.kind === 'change' ? { ...there, direction: mirror[there.direction] } : there)
      }),
    )
  })
})

describe('judgeDifferenceInDifferences with near-ties', () => {
  const [more, less] = [moved(2000, 150, 0), moved(2000, 70, 0)]
  const higher = { kind: 'change', direction: 'higher' }
  const ties = (raised: PairedCounts, lowered: PairedCounts): PairedNearTies => ({ raised, lowered })
  it('keeps a verdict that near-ties leave as it is', () => {
    const judged = judge(more, less, {
      groupTies: ties(moved(2000, 152, 0), moved(2000, 148, 0)),
      referenceTies: ties(moved(2000, 72, 0), moved(2000, 68, 0)),
    })
    expect(judged.verdict).toEqual(higher)
  })
  it('takes back what the near-ties of one side alone could undo', () => {
    const lowGroup = judge(more, less, { groupTies: ties(more, moved(2000, 90, 0)) })
    expect(lowGroup.verdict).toEqual(nearTiesDecide)
    expect(lowGroup.asDecided).toEqual(higher)
    const highReference = judge(more, less, { referenceTies: ties(moved(2000, 130, 0), less) })
    expect(highReference.verdict).toEqual(nearTiesDecide)
  })
  it('moves the sides apart, not both the same way', () => {
    // both raised, or both lowered, would leave the difference; the group lowered and the reference raised undoes it
    const judged = judge(more, less, {
      groupTies: ties(moved(2000, 175, 0), moved(2000, 125, 0)),
      referenceTies: ties(moved(2000, 95, 0), moved(2000, 45, 0)),
    })
    expect(judged.verdict).toEqual(nearTiesDecide)
  })
  it('moves them apart upward as well', () => {
    const [one, other] = [moved(60_000, 6000, 0), moved(60_000, 6010, 0)]
    const judged = judge(one, other, { groupTies: ties(moved(60_000, 6800, 0), one) })
    expect(judged.verdict).toEqual(nearTiesDecide)
    const lowReference = judge(one, other, { referenceTies: ties(other, moved(60_000, 5200, 0)) })
    expect(lowReference.verdict).toEqual(nearTiesDecide)
  })
})
