import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideDifferenceInDifferences,
  differenceOfChanges,
} from '../../../src/audit/findings/decide-difference-in-differences.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import type { ChangeVerdict } from '../../../src/audit/types/change.js'
import { pairedCounts, swapped } from '../statistics/paired-samples.js'

const RULE = { alpha: 0.05, m: 14, minimum: 30, margin: 0.01 }
const FEW_EVENTS = { kind: 'inconclusive', reason: 'few-events' }
const [HIGHER, LOWER] = (['higher', 'lower'] as const).map((direction) => ({ kind: 'change', direction }))

function moved(gained: number, lost: number, total: number): PairedCounts {
  return { both: 0, onlyFirst: lost, onlySecond: gained, neither: total - gained - lost }
}

function verdictOn(group: PairedCounts, reference: PairedCounts): ChangeVerdict {
  return decideDifferenceInDifferences({ group, reference }, RULE)
}

describe('decideDifferenceInDifferences', () => {
  it('keeps the worked row of the specification a change', () => {
    const group = { both: 20, onlyFirst: 180, onlySecond: 0, neither: 300 }
    const reference = { both: 90, onlyFirst: 12, onlySecond: 2, neither: 896 }
    expect(decideDifferenceInDifferences({ group, reference }, { ...RULE, m: 7 })).toEqual(LOWER)
  })

  it('takes back a change that few images make one way, and leaves it with one more', () => {
    const reference = moved(51, 0, 10_204)
    // low end 0.01076, beyond the margin; corrected for skewness the score is 3.1517 - 7.489 x 0.04607 = 2.8067, below 2.9137
    expect(differenceOfChanges({ group: moved(22, 0, 750), reference }, 0.05 / 14).interval.low).toBeCloseTo(0.01076, 5)
    expect(verdictOn(moved(22, 0, 750), reference)).toEqual(FEW_EVENTS)
    // 3.4408 - 7.489 x 0.04601 = 3.0963
    expect(verdictOn(moved(23, 0, 750), reference)).toEqual(HIGHER)
    expect(verdictOn(moved(21, 0, 750), reference)).toEqual({ kind: 'inconclusive', reason: 'interval-too-wide' })
  })

  it('does so too where a few images change the other way, however many images the reference has', () => {
    // 2.9687 - 7.489 x 0.02243 = 2.8007, and with one more 3.1429 - 7.489 x 0.02118 = 2.9843
    expect(verdictOn(moved(25, 1, 750), moved(61, 10, 10_204))).toEqual(FEW_EVENTS)
    expect(verdictOn(moved(26, 1, 750), moved(61, 10, 10_204))).toEqual(HIGHER)
  })

  it('sees a group that stayed while the others changed', () => {
    expect(verdictOn(moved(0, 0, 400), moved(0, 800, 9000))).toEqual(HIGHER)
    expect(verdictOn(moved(0, 0, 400), moved(800, 0, 9000))).toEqual(LOWER)
  })

  it('takes no image to move the other way in a group where none did: a few of a small group are enough', () => {
    // of Table 7, children under three, at m = 18: a binomial at the margin gives 0.0003, below 0.0014
    const rule = { ...RULE, m: 18 }
    const sides = { group: moved(0, 16, 218), reference: moved(0, 176, 10_731) }
    expect(decideDifferenceInDifferences(sides, rule)).toEqual(LOWER)
    // with one that did, of all 10,949, they may
    const oneReturned = { ...sides, reference: moved(1, 177, 10_731) }
    expect(decideDifferenceInDifferences(oneReturned, rule)).toEqual(FEW_EVENTS)
  })

  it('looks at both sides: a small reference is guarded as a small group is', () => {
    expect(verdictOn(moved(0, 51, 10_204), moved(0, 22, 750))).toEqual(FEW_EVENTS)
    expect(verdictOn(moved(0, 51, 10_204), moved(0, 23, 750))).toEqual(HIGHER)
  })

  it('turns round where the runs or the sides are exchanged', () => {
    const turned = (verdict: ChangeVerdict): ChangeVerdict =>
      verdict.kind === 'change'
        ? { ...verdict, direction: verdict.direction === 'higher' ? 'lower' : 'higher' }
        : verdict
    const rule = { alpha: 0.2, m: 1, minimum: 1, margin: 0.01 }
    fc.assert(
      fc.property(pairedCounts(60), pairedCounts(60), (group, reference) => {
        const verdict = decideDifferenceInDifferences({ group, reference }, rule)
        const runs = { group: swapped(group), reference: swapped(reference) }
        expect(decideDifferenceInDifferences(runs, rule)).toEqual(turned(verdict))
        expect(decideDifferenceInDifferences({ group: reference, reference: group }, rule)).toEqual(turned(verdict))
      }),
    )
  })

  it('names the side with too few images, the group first', () => {
    const [few, enough] = [moved(1, 0, 29), moved(1, 0, 30)]
    const insufficient = { kind: 'insufficient', total: 29, minimum: 30 }
    expect(verdictOn(few, few)).toEqual({ ...insufficient, reason: 'group-too-small' })
    expect(verdictOn(enough, few)).toEqual({ ...insufficient, reason: 'reference-too-small' })
    expect(verdictOn(enough, enough).kind).toBe('inconclusive')
  })

  it('takes an interval that is known already', () =>
    expect(
      decideDifferenceInDifferences({ group: moved(0, 0, 90), reference: moved(0, 0, 90) }, RULE, {
        low: -0.001,
        high: 0.001,
      }),
    ).toEqual({ kind: 'within-margin', settledBy: 'difference' }))
})
