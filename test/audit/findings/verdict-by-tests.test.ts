import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideVerdict, type VerdictRule } from '../../../src/audit/findings/decide-verdict.js'
import { verdictByTests } from '../../../src/audit/findings/verdict-by-tests.js'
import { proportions } from '../statistics/proportions.js'

const RULE: VerdictRule = {
  referenceKind: 'rest',
  alpha: 0.05,
  m: 7,
  minimum: 30,
  margin: { difference: 0.01, ratio: 1.25 },
}
const sides = (k1: number, n1: number, k2: number, n2: number) => ({
  group: { count: k1, total: n1 },
  reference: { count: k2, total: n2 },
})

describe('verdictByTests', () => {
  it.each([
    [767, 2085, 590, 8869, 'disparity'],
    [92, 1556, 1265, 9398, 'disparity'],
    [147, 1209, 1210, 9745, 'inconclusive'],
    [115, 1516, 450, 9438, 'inconclusive'],
    [500, 10_000, 505, 10_000, 'within-margin'],
    [1, 1550, 2, 9404, 'within-margin'],
    [0, 1516, 0, 9438, 'within-margin'],
    [2, 30, 11, 10_924, 'inconclusive'],
    [0, 8, 500, 10_946, 'insufficient'],
    [8, 9, 5, 8, 'insufficient'],
  ])(
    'agrees with the rule on the worked cases of measures.md A8: %d of %d against %d of %d',
    (k1, n1, k2, n2, kind) => {
      const pair = sides(k1, n1, k2, n2)
      expect(verdictByTests(pair, RULE)).toEqual(decideVerdict(pair, RULE))
      expect(verdictByTests(pair, RULE).kind).toBe(kind)
    },
  )

  it('keeps the guard: a disparity by few events is none', () => {
    expect(verdictByTests(sides(2, 30, 11, 10_924), { ...RULE, m: 1 })).toEqual({
      kind: 'inconclusive',
      reason: 'few-events',
    })
  })

  it("claims within margin at alpha / m, whatever Holm's step is", () => {
    const step = { ...RULE, m: 50, level: 0.05 }
    for (const pair of [sides(500, 10_000, 505, 10_000), sides(80, 10_000, 70, 10_000), sides(30, 1000, 30, 1000)])
      expect(verdictByTests(pair, step)).toEqual(decideVerdict(pair, step))
  })

  it('finds nothing beyond a margin that no rates can pass', () => {
    const half = { ...RULE, referenceKind: 'overall' as const, margin: { difference: 0.6, ratio: 2.5 } }
    const pair = sides(900, 1000, 100, 1000)
    expect(verdictByTests(pair, half)).toEqual(decideVerdict(pair, half))
    expect(verdictByTests(pair, half).kind).toBe('within-margin')
  })

  it('agrees with the rule for any counts, references and levels, but for a rare case in a thousand', () => {
    let [asked, differing] = [0, 0]
    const rule = fc.record({
      referenceKind: fc.constantFrom('rest' as const, 'overall' as const, 'named' as const),
      m: fc.constantFrom(1, 14, 126),
      level: fc.constantFrom(undefined, 0.05, 0.01),
      margin: fc.constantFrom({ difference: 0.01, ratio: 1.25 }, { difference: 0.05, ratio: 1.5 }),
    })
    fc.assert(
      fc.property(proportions(3000), proportions(12_000), rule, (group, reference, { level, ...rest }) => {
        const judged = { ...RULE, ...rest, ...(level === undefined ? {} : { level: Math.max(level, 0.05 / rest.m) }) }
        asked++
        const [fast, slow] = [verdictByTests({ group, reference }, judged), decideVerdict({ group, reference }, judged)]
        if (JSON.stringify(fast) !== JSON.stringify(slow)) differing++
      }),
      { numRuns: 3000 },
    )
    expect(differing / asked).toBeLessThanOrEqual(0.001)
  })
})
