import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideVerdict, type VerdictRule } from '../../../src/audit/findings/decide-verdict.js'
import { labelErrors } from '../../../src/audit/findings/label-errors.js'

const RULE: VerdictRule = {
  referenceKind: 'rest',
  alpha: 0.05,
  m: 7,
  minimum: 30,
  margin: { difference: 0.01, ratio: 1.25 },
}
type Counts = readonly [count: number, total: number]
const sidesOf = (group: Counts, reference: Counts) => ({
  group: { count: group[0], total: group[1] },
  reference: { count: reference[0], total: reference[1] },
})
const errorsOf = (group: Counts, reference: Counts, rule: VerdictRule = RULE) => {
  const sides = sidesOf(group, reference)
  return labelErrors(sides, rule, decideVerdict(sides, rule))
}
/** Every way to relabel images, one at a time, until the verdict is another: the definition, without halving. */
function byHand(group: Counts, reference: Counts): number {
  const kindOf = ([k1, n1]: Counts, [k2, n2]: Counts): string =>
    JSON.stringify(decideVerdict(sidesOf([k1, n1], [k2, n2]), RULE).kind)
  const now = kindOf(group, reference)
  for (let t = 1; ; t++) {
    const [[k1, n1], [k2, n2]] = [group, reference]
    const moved: [Counts, Counts][] = [
      [[k1 - t, n1 - t], [k2 + t, n2 + t]], // prettier-ignore
      [[k1, n1 + t], [k2, n2 - t]], // prettier-ignore
      [[k1 + t, n1 + t], [k2 - t, n2 - t]], // prettier-ignore
      [[k1, n1 - t], [k2, n2 + t]], // prettier-ignore
    ]
    const possible = moved.filter(([a, b]) => [a, b].every(([k, n]) => k >= 0 && n >= 1 && k <= n))
    if (possible.some(([a, b]) => kindOf(a, b) !== now)) return t
  }
}

describe('labelErrors', () => {
  it('counts the wrong labels that a disparity can stand', () => {
    const { fewest } = errorsOf([24, 118], [430, 10836])
    expect(fewest).toBe(byHand([24, 118], [430, 10836]))
    expect(fewest).toBeGreaterThan(1)
  })

  it('says of a disparity that random errors can have hidden it but not made it', () => {
    expect(errorsOf([767, 2085], [590, 8869])).toMatchObject({ randomShare: null, randomShareReason: 'only-hidden' })
  })

  it('looks the other way for a lower rate', () => {
    expect(errorsOf([92, 1556], [1265, 9398]).fewest).toBe(byHand([92, 1556], [1265, 9398]))
  })

  it('counts the wrong labels that would break a "within margin", whichever way is nearer', () => {
    for (const [group, reference] of [
      [
        [500, 10000],
        [505, 10000],
      ],
      [
        [1, 1550],
        [2, 9404],
      ],
      [
        [0, 1516],
        [0, 9438],
      ],
    ] as const)
      // prettier-ignore
      expect(errorsOf(group, reference).fewest).toBe(byHand(group, reference))
  })

  it('gives the share of random errors at which rates within the margin would no longer be', () => {
    const { randomShare } = errorsOf([500, 10000], [505, 10000])
    expect(randomShare).toBeGreaterThan(0.02)
    expect(randomShare).toBeLessThan(0.2)
  })

  it('recovers planted errors: exchanging a share of the labels of unlike groups makes them alike by just that much', () => {
    // true rates 10 % and 5 %, a quarter of each side's labels exchanged: seen are 8.75 % and 6.25 %
    const wide = { ...RULE, m: 1, margin: { difference: 0.04, ratio: 1.25 } }
    const { randomShare } = errorsOf([87_500, 1_000_000], [62_500, 1_000_000], wide)
    // at a share s the difference before was 2.5 points / (1 - 2 s); near 4 points less half an interval at about s = 0.19
    expect(randomShare).toBeGreaterThan(0.17)
    expect(randomShare).toBeLessThan(0.2)
  })

  it('names no share where no random errors could have hidden so much', () => {
    // both rates are 0: whatever was exchanged, they were 0 before
    const many = errorsOf([0, 100_000], [0, 100_000], { ...RULE, margin: { difference: 0.9, ratio: 1.25 } })
    expect(many.randomShareReason ?? many.randomShare).toBeDefined()
  })

  it('is asked only where a verdict claims something', () => {
    const reason = 'interval-too-wide'
    expect(errorsOf([147, 1209], [1210, 9745])).toEqual({
      fewest: null,
      fewestReason: reason,
      randomShare: null,
      randomShareReason: reason,
    })
    expect(errorsOf([0, 8], [500, 10946])).toMatchObject({ fewest: null, fewestReason: 'group-too-small' })
  })

  it('never names more labels than there are, and one fewer leaves the verdict', () => {
    const counts = fc
      .integer({ min: 30, max: 3000 })
      .chain((total) => fc.tuple(fc.integer({ min: 0, max: Math.floor(total / 3) }), fc.constant(total)))
    fc.assert(
      fc.property(counts, counts, (group, reference) => {
        const { fewest } = errorsOf(group, reference)
        if (fewest === null) return
        expect(fewest).toBeLessThan(group[1] + reference[1])
        expect(fewest).toBe(byHand(group, reference))
      }),
      { numRuns: 60 },
    )
  })
})
