import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeContrast } from '../../../src/audit/findings/judge-contrast.js'
import type { NearTies } from '../../../src/audit/findings/judge-contrast.js'
import type { Verdict } from '../../../src/audit/types/verdict.js'

type Counts = readonly [count: number, total: number]
type Rule = Partial<Omit<Parameters<typeof judgeContrast>[0], 'group' | 'reference'>>

function judge(group: Counts, reference: Counts, rule: Rule = {}) {
  return judgeContrast({
    group: { count: group[0], total: group[1] },
    reference: { count: reference[0], total: reference[1] },
    referenceKind: 'rest',
    alpha: 0.05,
    m: 7,
    minimum: 30,
    margin: { difference: 0.01, ratio: 1.25 },
    nearTies: null,
    ...rule,
  })
}

const higher: Verdict = { kind: 'disparity', direction: 'higher' }
const lower: Verdict = { kind: 'disparity', direction: 'lower' }
const tooWide: Verdict = { kind: 'inconclusive', reason: 'interval-too-wide' }
const fewEvents: Verdict = { kind: 'inconclusive', reason: 'few-events' }
const nearTiesDecide: Verdict = { kind: 'inconclusive', reason: 'near-ties-decide' }
const within = (settledBy: 'difference' | 'ratio' | 'each-side'): Verdict => ({ kind: 'within-margin', settledBy })

/** Printed values of the specification have five to six decimals. */
function expectInterval(interval: { low: number; high: number } | null, low: number, high: number, decimals: number) {
  expect(interval?.low).toBeCloseTo(low, decimals)
  expect(interval?.high).toBeCloseTo(high, decimals)
}

describe('judgeContrast on the worked cases of the specification (A8, m = 7)', () => {
  it('finds White higher than the rest', () => {
    const judged = judge([767, 2085], [590, 8869])
    expect(judged.verdict).toEqual(higher)
    expectInterval(judged.difference.adjusted, 0.272361, 0.331, 5)
    expectInterval(judged.ratio.adjusted, 4.84495, 6.31406, 5)
  })
  it('finds Black lower than the rest', () => {
    const judged = judge([92, 1556], [1265, 9398])
    expect(judged.verdict).toEqual(lower)
    expectInterval(judged.difference.adjusted, -0.093207, -0.055223, 6)
    expectInterval(judged.ratio.adjusted, 0.327613, 0.579867, 6)
  })
  it('cannot tell for Middle Eastern, and says how many images would', () => {
    const judged = judge([147, 1209], [1210, 9745])
    expect(judged.verdict).toEqual(tooWide)
    expectInterval(judged.difference.adjusted, -0.028046, 0.02628, 6)
    expectInterval(judged.ratio.adjusted, 0.779636, 1.216483, 6)
    expect(judged.needed).toBe(2572)
    expect(judged.neededReason).toBeUndefined()
  })
  it('cannot tell where the difference is beyond and the ratio is not', () => {
    const judged = judge([115, 1516], [450, 9438])
    expect(judged.verdict).toEqual(tooWide)
    expectInterval(judged.difference.adjusted, 0.010178, 0.049287, 6)
    expectInterval(judged.ratio.adjusted, 1.203381, 2.080663, 6)
    expect(judged.needed).toBe(3335)
  })
  it('finds two large alike groups within the margin', () => {
    const judged = judge([500, 10000], [505, 10000])
    expect(judged.verdict).toEqual(within('difference'))
    expectInterval(judged.difference.adjusted, -0.008837, 0.007834, 6)
    expectInterval(judged.ratio.adjusted, 0.839021, 1.16833, 6)
    expect(judged.needed).toBeNull()
    expect(judged.neededReason).toBe('settled')
  })
  it('finds rare events within the margin by the difference, however wide the ratio', () => {
    const judged = judge([1, 1550], [2, 9404])
    expect(judged.verdict).toEqual(within('difference'))
    expectInterval(judged.difference.adjusted, -0.00091, 0.005651, 6)
    expectInterval(judged.ratio.adjusted, 0, 142.086, 3)
  })
  it('finds nobody on either side within the margin, without a ratio', () => {
    const judged = judge([0, 1516], [0, 9438])
    expect(judged.verdict).toEqual(within('difference'))
    expectInterval(judged.difference.adjusted, -0.000766, 0.004751, 6)
    expect(judged.ratio.value).toBeNull()
    expect(judged.ratio.reason).toBe('both-rates-zero')
    expect(judged.ratio.adjusted).toEqual({ low: 0, high: Infinity })
    expect(judged.direction).toBe('equal')
    expect(judged.p).toBe(1)
  })
  it('does not call two events a disparity, although the intervals lie beyond the margin', () => {
    const judged = judge([2, 30], [11, 10924], { m: 1 })
    expect(judged.verdict).toEqual(fewEvents)
    expectInterval(judged.difference.adjusted, 0.0111, 0.212237, 6)
    expectInterval(judged.ratio.adjusted, 10.985, 243.61, 2)
    expect(judged.neededReason).toBe('few-events')
  })
  it('gives no verdict on 8 images, and prints the intervals all the same', () => {
    const judged = judge([0, 8], [500, 10946])
    expect(judged.verdict).toEqual({ kind: 'insufficient', reason: 'group-too-small', total: 8, minimum: 30 })
    expect(judged.difference.adjusted?.low).toBeCloseTo(-0.051354, 6)
    expect(judged.ratio.adjusted?.high).toBeCloseTo(10.465913, 6)
    expect(judged.neededReason).toBe('group-too-small')
    expect(judged.detectableRateReason).toBe('group-too-small')
  })
})

const RACES = ['Black', 'East Asian', 'Indian', 'Latino', 'Middle Eastern', 'Southeast Asian', 'White']
const TOTALS = [1556, 1550, 1516, 1623, 1209, 1415, 2085]

function verdictsAgainstRest(counts: readonly number[]): Record<string, string> {
  const [all, total] = [counts, TOTALS].map((list) => list.reduce((sum, part) => sum + part, 0))
  const words = RACES.map((race, place) => {
    const [count, images] = [counts[place], TOTALS[place]]
    const { verdict } = judge([count, images], [all - count, total - images], { m: 14 })
    return [
      race,
      verdict.kind === 'disparity' ? verdict.direction : 'reason' in verdict ? verdict.reason : verdict.kind,
    ]
  })
  return Object.fromEntries(words) as Record<string, string>
}

describe('judgeContrast on published counts (B1, m = 14, against the rest)', () => {
  it('judges the crime counts of the notebook as the specification does', () =>
    expect(verdictsAgainstRest([92, 73, 66, 135, 147, 77, 767])).toEqual({
      White: 'higher',
      Black: 'lower',
      Indian: 'lower',
      'Southeast Asian': 'lower',
      'East Asian': 'lower',
      Latino: 'interval-too-wide',
      'Middle Eastern': 'interval-too-wide',
    }))
  it('judges the three non-human images of the notebook within the margin for all seven', () =>
    expect(new Set(Object.values(verdictsAgainstRest([1, 1, 0, 0, 0, 0, 1])))).toEqual(new Set(['within-margin'])))
  it('judges the crime counts of Table 6 as the specification does', () =>
    // 255 519 370 175 238 62 20 for Black White Indian Latino MidEast SEAsian EAsian
    expect(verdictsAgainstRest([255, 20, 370, 175, 238, 62, 519])).toEqual({
      White: 'higher',
      Indian: 'higher',
      'Southeast Asian': 'lower',
      'East Asian': 'lower',
      Black: 'interval-too-wide',
      Latino: 'interval-too-wide',
      'Middle Eastern': 'interval-too-wide',
    }))
  it('judges the non-human counts of Table 6 as the specification does', () =>
    // 224 115 115 60 24 27 0 in the same order
    expect(verdictsAgainstRest([224, 0, 115, 60, 24, 27, 115])).toEqual({
      Black: 'higher',
      'Middle Eastern': 'lower',
      'Southeast Asian': 'lower',
      'East Asian': 'lower',
      White: 'interval-too-wide',
      Indian: 'interval-too-wide',
      Latino: 'interval-too-wide',
    }))
  it('gives every number of the annotated audit.json', () => {
    // report specification, section 5: 224 of 1,555 against 313 of 9,396
    const judged = judge([224, 1555], [313, 9396], { m: 14 })
    expect(judged.verdict).toEqual(higher)
    expect(judged.difference.value).toBeCloseTo(0.11074, 5)
    expectInterval(judged.difference.interval, 0.09373, 0.12939, 5)
    expectInterval(judged.difference.adjusted, 0.08553, 0.13909, 5)
    expect(judged.ratio.value).toBeCloseTo(4.3243, 4)
    expectInterval(judged.ratio.interval, 3.6726, 5.0856, 4)
    expectInterval(judged.ratio.adjusted, 3.386, 5.5022, 4)
    expect(judged.direction).toBe('higher')
    expect((judged.p ?? 0) / 1e-41).toBeCloseTo(1.82, 2)
    expect(judged.detectableRate).toBeCloseTo(0.0648, 4)
    expect(judged.needed).toBeNull()
    expect(judged.neededReason).toBe('settled')
    expect(judged.asDecided).toEqual(judged.verdict)
  })
})

describe('judgeContrast where numbers are undefined', () => {
  it('has no ratio, and no upper end of it, against a reference without events', () => {
    const judged = judge([5, 750], [0, 750], { m: 1 })
    expect(judged.ratio).toMatchObject({ value: null, reason: 'zero-reference-rate' })
    expect(judged.ratio.interval?.low).toBeCloseTo(1.30449635, 8)
    expect(judged.ratio.interval?.high).toBe(Infinity)
  })
  it('runs where the group has no events', () => expect(judge([0, 3000], [1300, 9000]).verdict).toEqual(lower))
  it('gives no value without images on one side or both', () => {
    for (const [group, reference] of [
      [
        [0, 0],
        [5, 100],
      ],
      [
        [5, 100],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ] as const) {
      const judged = judge(group, reference)
      expect(judged.verdict).toMatchObject({ kind: 'insufficient', total: 0, minimum: 30 })
      expect(judged.difference).toEqual({ value: null, reason: 'no-images', interval: null, adjusted: null })
      expect(judged.ratio).toEqual(judged.difference)
      expect([judged.p, judged.pReason, judged.direction, judged.detectableRate]).toEqual([
        null,
        'no-images',
        null,
        null,
      ])
      expect(judged.margins === null).toBe(reference[1] === 0)
    }
  })
  it('gives no verdict against a reference that is too small, the group being looked at first', () => {
    expect(judge([5, 100], [1, 29]).verdict).toMatchObject({ reason: 'reference-too-small', total: 29 })
    expect(judge([5, 29], [1, 29]).verdict).toMatchObject({ reason: 'group-too-small', total: 29 })
  })
  it('does not fail without images when the policy has a minimum of 0', () =>
    expect(judge([0, 0], [1, 50], { minimum: 0 }).verdict).toMatchObject({ reason: 'group-too-small', total: 0 }))
  it('says that nothing is detectable where the margin lies beyond 1', () =>
    expect(judge([95, 100], [950, 1000])).toMatchObject({
      detectableRate: null,
      detectableRateReason: 'not-detectable',
    }))
  it('says that more than a hundredfold would be needed just beside the margin', () =>
    expect(judge([1250, 10000], [1000, 10000])).toMatchObject({ needed: null, neededReason: 'beyond-hundredfold' }))
  it('clamps the margins to 0 and 1', () => {
    expect(judge([5, 100], [0, 1000]).margins).toEqual([0, 0.01])
    expect(judge([5, 100], [990, 1000]).margins?.[1]).toBe(1)
  })
})

describe('judgeContrast within the margin', () => {
  it('is settled by the ratio where the rates are high', () =>
    expect(judge([5000, 10000], [5100, 10200], { m: 1 }).verdict).toEqual(within('ratio')))
  it('is settled on each side by another part where the difference governs below and the ratio above', () => {
    // between 4 % and 5 % the wider margin is the ratio's above (1.1 points) and the difference's below (1 point)
    const judged = judge([74, 1650], [4500, 100000], { m: 1 })
    expect(judged.verdict).toEqual(within('each-side'))
    expect(judged.difference.adjusted?.high).toBeGreaterThan(0.01)
    expect(judged.ratio.adjusted?.low).toBeLessThan(0.8)
  })
})

describe('judgeContrast with near-ties', () => {
  const none: NearTies = { groupUp: 0, groupDown: 0, referenceUp: 0, referenceDown: 0 }
  it('leaves a verdict that no near-tie can change', () => {
    const judged = judge([767, 2085], [590, 8869], {
      nearTies: { groupUp: 3, groupDown: 3, referenceUp: 3, referenceDown: 3 },
    })
    expect(judged.verdict).toEqual(higher)
  })
  it('takes back a disparity that near-ties could undo, and keeps what was decided', () => {
    const judged = judge([224, 1555], [313, 9396], { nearTies: { ...none, groupDown: 160 } })
    expect(judged.verdict).toEqual(nearTiesDecide)
    expect(judged.asDecided).toEqual(higher)
    expect(judged.neededReason).toBe('near-ties-decide')
  })
  it('takes back a lower disparity that the near-ties of either side could undo', () => {
    for (const nearTies of [
      { ...none, groupUp: 60 },
      { ...none, referenceDown: 600 },
    ]) {
      expect(judge([92, 1556], [1265, 9398], { nearTies }).verdict).toEqual(nearTiesDecide)
    }
    expect(judge([92, 1556], [1265, 9398], { nearTies: { ...none, groupDown: 60, referenceUp: 600 } }).verdict).toEqual(
      lower,
    )
  })
  it('takes back a "within margin" that near-ties could undo, on either side', () => {
    for (const nearTies of [
      { ...none, groupUp: 200 },
      { ...none, groupDown: 200 },
      { ...none, referenceUp: 200 },
      { ...none, referenceDown: 200 },
    ]) {
      const judged = judge([500, 10000], [505, 10000], { nearTies })
      expect(judged.verdict).toEqual(nearTiesDecide)
      expect(judged.asDecided).toEqual(within('difference'))
    }
  })
  it('keeps "within margin" where only the part that settles it changes', () => {
    const judged = judge([5000, 10000], [5100, 10200], { m: 1, nearTies: { ...none, groupUp: 5, groupDown: 5 } })
    expect(judged.verdict).toEqual(within('ratio'))
  })
  it('does not make a disparity of an inconclusive contrast', () => {
    const judged = judge([115, 1516], [450, 9438], { nearTies: { ...none, groupUp: 300 } })
    expect(judged.verdict).toEqual(tooWide)
  })
  it('tries nothing where near-ties are unknown or absent', () => {
    expect(judge([500, 10000], [505, 10000], { nearTies: null }).verdict).toEqual(within('difference'))
    expect(judge([500, 10000], [505, 10000], { nearTies: none }).verdict).toEqual(within('difference'))
  })
})

describe('judgeContrast against everyone (overall)', () => {
  const group = [767, 2085] as const
  const rest = [590, 8869] as const
  const share = 2085 / 10954
  const judged = judge(group, rest, { referenceKind: 'overall' })
  it('reports the difference from and the ratio to the overall rate', () => {
    const overallRate = (767 + 590) / 10954
    expect(judged.difference.value).toBeCloseTo(767 / 2085 - overallRate, 13)
    expect(judged.ratio.value).toBeCloseTo(767 / 2085 / overallRate, 12)
  })
  it('transforms every bound from the rest to everyone', () => {
    const fromRest = judge(group, rest)
    for (const which of ['interval', 'adjusted'] as const) {
      for (const end of ['low', 'high'] as const) {
        const difference = fromRest.difference[which]?.[end] ?? NaN
        const ratio = fromRest.ratio[which]?.[end] ?? NaN
        expect(judged.difference[which]?.[end]).toBeCloseTo((1 - share) * difference, 13)
        expect(judged.ratio[which]?.[end]).toBeCloseTo(ratio / (share * ratio + 1 - share), 12)
      }
    }
  })
  it('has the margins of section 0', () => {
    const rate = 590 / 8869
    expect(judged.margins?.[1]).toBeCloseTo(
      Math.max(rate + 0.01 / (1 - share), (1.25 * (1 - share) * rate) / (1 - 1.25 * share)),
      14,
    )
    expect(judged.margins?.[0]).toBeCloseTo(
      Math.min(rate - 0.01 / (1 - share), ((1 - share) * rate) / (1.25 - share)),
      14,
    )
  })
  it('points the same way as the comparison with the rest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 4000 }), (count, others) => {
        const against = (referenceKind: 'rest' | 'overall') => judge([count, 400], [others, 4000], { referenceKind })
        const [restJudged, everyone] = [against('rest'), against('overall')]
        expect(everyone.direction).toBe(restJudged.direction)
        if (everyone.verdict.kind === 'disparity' && restJudged.verdict.kind === 'disparity') {
          expect(everyone.verdict).toEqual(restJudged.verdict)
        }
      }),
      { numRuns: 60 },
    )
  })
  it('has a ratio also where all events are in the group', () => {
    const { ratio } = judge([50, 100], [0, 900], { referenceKind: 'overall' })
    expect(ratio.value).toBeCloseTo(10, 12)
    expect(ratio.interval?.high).toBe(10)
  })
  it('cannot find a group higher that is nearly everyone', () => {
    const { verdict, margins, p } = judge([9000, 9000], [0, 900], { referenceKind: 'overall' })
    expect(verdict.kind).not.toBe('disparity')
    expect(margins?.[1]).toBe(1)
    expect(p).toBe(1)
  })
})

describe('judgeContrast as a rule', () => {
  const counts = fc
    .tuple(fc.integer({ min: 30, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([total, rate]) => [Math.round(total * rate * rate), total] as const)
  it('moves when the decisions move', () =>
    expect(judge([400, 1000], [500, 10000])).not.toEqual(judge([50, 1000], [500, 10000])))
  it('does not change its input', () =>
    expect(() =>
      judgeContrast(
        Object.freeze({
          group: Object.freeze({ count: 5, total: 100 }),
          reference: Object.freeze({ count: 5, total: 100 }),
          referenceKind: 'rest' as const,
          alpha: 0.05,
          m: 1,
          minimum: 30,
          margin: Object.freeze({ difference: 0.01, ratio: 1.25 }),
        }),
      ),
    ).not.toThrow())
  it('prints intervals that agree with the verdict and hold the value', () => {
    fc.assert(
      fc.property(counts, counts, fc.constantFrom(1, 14, 126), (group, reference, m) => {
        const { verdict, difference, ratio, margins, p } = judge(group, reference, { m })
        const [low, high] = [difference.adjusted?.low ?? NaN, difference.adjusted?.high ?? NaN]
        expect(low <= (difference.value ?? NaN) && (difference.value ?? NaN) <= high).toBe(true)
        expect(low <= (difference.interval?.low ?? NaN) || m === 1).toBe(true)
        if (verdict.kind === 'disparity' && verdict.direction === 'higher') {
          expect(low).toBeGreaterThan(0.01)
          expect(ratio.adjusted?.low).toBeGreaterThan(1.25)
          expect(group[0] / group[1]).toBeGreaterThan(margins?.[1] ?? NaN)
          expect(p).toBeLessThanOrEqual((0.05 / m) * (1 + 1e-6))
        }
        if (verdict.kind === 'within-margin') expect(p).toBeGreaterThan(0.05 / m)
      }),
      { numRuns: 200 },
    )
  })
  it('never finds a disparity where the group is exactly like its reference', () => {
    fc.assert(
      fc.property(counts, ([count, total]) => {
        expect(judge([count, total], [3 * count, 3 * total], { m: 1 }).verdict.kind).not.toBe('disparity')
      }),
    )
  })
  it('refuses more events than images', () => expect(() => judge([101, 100], [1, 100])).toThrow(RangeError))
  it('uses the alpha of the policy for every interval', () => {
    const strict = judge([24, 400], [300, 6000], { alpha: 0.01 })
    const usual = judge([24, 400], [300, 6000])
    for (const part of ['difference', 'ratio'] as const) {
      for (const which of ['interval', 'adjusted'] as const) {
        expect(strict[part][which]?.low).toBeLessThan(usual[part][which]?.low ?? NaN)
        expect(strict[part][which]?.high).toBeGreaterThan(usual[part][which]?.high ?? NaN)
      }
    }
  })
})
