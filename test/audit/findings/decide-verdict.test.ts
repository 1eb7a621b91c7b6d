import { describe, expect, it } from 'vitest'
import {
  chanceAtMargin,
  conclude,
  decideVerdict,
  differenceFromEveryone,
  ratioToEveryone,
} from '../../../src/audit/findings/decide-verdict.js'
import type { PartSettled } from '../../../src/audit/findings/decide-verdict.js'
import { binomialTable } from '../../../src/audit/statistics/binomial-table.js'
import { margins } from '../../../src/audit/statistics/margins.js'

const margin = { difference: 0.01, ratio: 1.25 }
const REFERENCE_RATES = [0.0003, 0.001, 0.003, 0.01, 0.02, 0.04, 0.05, 0.1, 0.144, 0.25]

function probabilities(total: number, rate: number): number[] {
  const table = binomialTable(total, rate)
  return [...table].map((p, count) => p - (count === 0 ? 0 : table[count - 1]))
}

/** How often the rule says "higher" at a truth exactly on the upper margin, as a multiple of what it allows itself: exact,
 *  over all pairs of counts, worst over the reference rates. */
function worstError(groupTotal: number, referenceTotal: number, m: number): number {
  const rule = { referenceKind: 'rest', alpha: 0.05, m, minimum: 30, margin } as const
  // for each reference count the rule says "higher" from some group count on
  const firstHigher = Array.from({ length: referenceTotal + 1 }, (_, count) => {
    const reference = { count, total: referenceTotal }
    const isHigher = (k: number) => {
      const verdict = decideVerdict({ group: { count: k, total: groupTotal }, reference }, rule)
      return verdict.kind === 'disparity' && verdict.direction === 'higher'
    }
    let [low, high] = [0, groupTotal + 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isHigher(middle)) high = middle
      else low = middle + 1
    }
    return low
  })
  const errors = REFERENCE_RATES.map((referenceRate) => {
    const truth = margins({ referenceRate, margin }).upper.rate
    const groupTable = binomialTable(groupTotal, truth)
    const atLeast = (k: number) => (k === 0 ? 1 : 1 - groupTable[k - 1])
    return probabilities(referenceTotal, referenceRate).reduce(
      (sum, p, count) => sum + (firstHigher[count] > groupTotal ? 0 : p * atLeast(firstHigher[count])),
      0,
    )
  })
  return Math.max(...errors) / (0.05 / (2 * m))
}

describe('decideVerdict on its own boundary (D4, by exact enumeration)', () => {
  it.each([
    [30, 300, 1, 0.99],
    [30, 300, 14, 0.91],
    [118, 118, 1, 1.05],
    [118, 118, 14, 0.87],
  ])('errs for %i against %i, m = %i, about as often as the specification says', (n1, n2, m, published) => {
    const error = worstError(n1, n2, m)
    expect(error).toBeCloseTo(published, 2)
    expect(error).toBeLessThan(1.15) // the target of D4
  })
})

const RULE = { referenceKind: 'rest', alpha: 0.05, m: 14, minimum: 30, margin } as const
const SIDES = { group: { count: 90, total: 300 }, reference: { count: 10, total: 300 } }
const ANY = { low: -1, high: Infinity }

describe('decideVerdict at the edge of a margin', () => {
  it('takes an interval that ends at the margins as within', () => {
    const difference = { low: -0.01, high: 0.01 }
    expect(decideVerdict(SIDES, RULE, { difference, ratio: ANY })).toEqual({
      kind: 'within-margin',
      settledBy: 'difference',
    })
    const ratio = { low: 1 / 1.25, high: 1.25 }
    expect(decideVerdict(SIDES, RULE, { difference: ANY, ratio })).toEqual({
      kind: 'within-margin',
      settledBy: 'ratio',
    })
  })

  it('takes an interval that starts at the margins as not beyond', () => {
    const tooWide = { kind: 'inconclusive', reason: 'interval-too-wide' }
    const higher = { difference: { low: 0.01, high: 0.5 }, ratio: { low: 1.25, high: 9 } }
    expect(decideVerdict(SIDES, RULE, higher)).toEqual(tooWide)
    const lower = { difference: { low: -0.5, high: -0.01 }, ratio: { low: 0.1, high: 1 / 1.25 } }
    expect(decideVerdict({ group: SIDES.reference, reference: SIDES.group }, RULE, lower)).toEqual(tooWide)
  })

  it('lets a disparity stand where the count is exactly as rare as the level asks for', () => {
    const beyond = { difference: { low: 0.02, high: 0.5 }, ratio: { low: 1.5, high: 9 } }
    const sides = { group: { count: 23, total: 300 }, reference: { count: 10, total: 300 } }
    const level = 2 * chanceAtMargin('higher', sides, RULE)
    expect(level).toBeLessThan(0.05)
    expect(decideVerdict(sides, { ...RULE, level }, beyond)).toEqual({ kind: 'disparity', direction: 'higher' })
    expect(decideVerdict(sides, { ...RULE, level: level * (1 - 1e-12) }, beyond)).toEqual({ kind: 'inconclusive', reason: 'few-events' }) // prettier-ignore
  })

  it('judges a reference with exactly the fewest images, and none with one less', () => {
    const against = (total: number) => decideVerdict({ group: SIDES.group, reference: { count: 1, total } }, RULE).kind
    expect(against(30)).not.toBe('insufficient')
    expect(against(29)).toBe('insufficient')
  })
})

describe('conclude', () => {
  const part = (isInside: boolean): PartSettled => ({ above: isInside, below: isInside, isBeyondUpper: false, isBeyondLower: false }) // prettier-ignore
  const settled = (isInside: boolean) => ({ difference: part(isInside), ratio: part(isInside) })

  it('claims "within margin" at alpha / m, whatever a larger step of Holm would allow', () => {
    const allow = { atStep: () => settled(true), atAlphaOverM: () => settled(false) }
    expect(conclude(SIDES, { ...RULE, level: 0.05 }, allow).kind).toBe('inconclusive')
    const deny = { atStep: () => settled(false), atAlphaOverM: () => settled(true) }
    expect(conclude(SIDES, { ...RULE, level: 0.05 }, deny).kind).toBe('within-margin')
  })

  it('looks once where the step is alpha / m', () => {
    const once = {
      atStep: () => settled(true),
      atAlphaOverM: () => {
        throw new Error('looked twice')
      },
    }
    for (const rule of [RULE, { ...RULE, level: 0.05 / 14 }])
      expect(conclude(SIDES, rule, once).kind).toBe('within-margin')
  })
})

describe('differenceFromEveryone and ratioToEveryone', () => {
  it('leave what is compared with the rest to the last bit', () => {
    expect(differenceFromEveryone(0.3, 0)).toBe(0.3)
    expect(ratioToEveryone(49, 0)).toBe(49) // 1 / (1 / 49) is not
  })
  it('say it of everyone, the group included', () => {
    expect(differenceFromEveryone(0.2, 0.25)).toBeCloseTo(0.15, 15)
    expect(ratioToEveryone(3, 0.25)).toBeCloseTo(2, 15)
    expect(ratioToEveryone(Infinity, 0.25)).toBe(4)
  })
})
