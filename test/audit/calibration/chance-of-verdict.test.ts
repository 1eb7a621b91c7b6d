import { describe, expect, it } from 'vitest'
import { binomialCounts } from '../../../src/audit/calibration/binomial-counts.js'
import {
  chanceOfDisparity,
  chanceOfWithin,
  type VerdictQuestion,
} from '../../../src/audit/calibration/chance-of-verdict.js'
import { decideVerdict } from '../../../src/audit/findings/decide-verdict.js'
import type { Verdict } from '../../../src/audit/types/verdict.js'

const margin = { difference: 0.01, ratio: 1.25 }

function question(
  [inGroup, inReference]: readonly [number, number],
  [rate, referenceRate]: readonly [number, number],
  m: number,
  minimum = 30,
): VerdictQuestion {
  const rule = { referenceKind: 'rest', alpha: 0.05, m, minimum, margin } as const
  return {
    verdictAt: (a, b) =>
      decideVerdict({ group: { count: a, total: inGroup }, reference: { count: b, total: inReference } }, rule),
    group: { total: inGroup, rate },
    reference: { total: inReference, rate: referenceRate },
  }
}

function everyPair({ verdictAt, group, reference }: VerdictQuestion, holds: (verdict: Verdict) => boolean): number {
  const [ofGroup, ofReference] = [
    binomialCounts(group.total, group.rate),
    binomialCounts(reference.total, reference.rate),
  ]
  let sum = 0
  for (let a = 0; a <= group.total; a++)
    for (let b = 0; b <= reference.total; b++)
      if (holds(verdictAt(a, b))) sum += ofGroup.chance(a) * ofReference.chance(b)
  return sum
}

describe('chanceOfDisparity', () => {
  it.each(['higher', 'lower'] as const)('follows the edge to the same sum as pair by pair, %s', (side) => {
    for (const rates of [[0.6, 0.3] as const, [0.1, 0.5] as const, [0.3, 0.3] as const]) {
      for (const sizes of [[31, 45] as const, [45, 31] as const]) {
        const asked = question(sizes, rates, 1)
        const byPair = everyPair(asked, (verdict) => verdict.kind === 'disparity' && verdict.direction === side)
        expect(chanceOfDisparity(asked, side)).toBeCloseTo(byPair, 9)
      }
    }
  })

  it('agrees with the power simulated apart: 396 images at 12% against 5%, 86% (measures.md, D6)', () => {
    expect(chanceOfDisparity(question([396, 10_558], [0.12, 0.05], 14), 'higher')).toBeCloseTo(0.86, 2)
  })

  it('errs on the margin 0.78 times as often as promised at 30 against 10,924 (measures.md, D4)', () => {
    expect(chanceOfDisparity(question([30, 10_924], [0.02, 0.01], 1), 'higher') / 0.025).toBeCloseTo(0.778, 3)
  })

  it('is 0 where no verdict is given', () => {
    const none = question([31, 45], [0.9, 0.1], 1, 46)
    expect(chanceOfDisparity(none, 'higher')).toBe(0)
    expect(chanceOfDisparity(none, 'lower')).toBe(0)
  })
})

describe('chanceOfWithin', () => {
  it('follows the range to the same sum as pair by pair', () => {
    const wide = { difference: 0.3, ratio: 3 }
    const rule = { referenceKind: 'rest', alpha: 0.05, m: 1, minimum: 1, margin: wide } as const
    const asked: VerdictQuestion = {
      verdictAt: (a, b) => decideVerdict({ group: { count: a, total: 40 }, reference: { count: b, total: 60 } }, rule),
      group: { total: 40, rate: 0.35 },
      reference: { total: 60, rate: 0.3 },
    }
    const byPair = everyPair(asked, ({ kind }) => kind === 'within-margin')
    expect(byPair).toBeGreaterThan(0.2)
    expect(chanceOfWithin({ ...asked, seedAt: (b) => Math.round((b * 40) / 60) })).toBeCloseTo(byPair, 9)
  })
})
