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
/** Every number of images of both kinds, the definition without halving: inside the outcome one way, outside it the other. */
function byHand(group: Counts, reference: Counts): number {
  const kindOf = ([k1, n1]: Counts, [k2, n2]: Counts): string => decideVerdict(sidesOf([k1, n1], [k2, n2]), RULE).kind
  const now = kindOf(group, reference)
  const [[k1, n1], [k2, n2]] = [group, reference]
  for (let images = 1; ; images++) {
    for (const inside of new Set([
      0,
      images,
      Math.min(images, k1),
      Math.min(images, k2),
      images - (n1 - k1),
      images - (n2 - k2),
    ])) {
      const outside = images - inside
      const moved: [Counts, Counts][] = [
        [[k1 - inside, n1 - inside + outside], [k2 + inside, n2 + inside - outside]], // prettier-ignore
        [[k1 + inside, n1 + inside - outside], [k2 - inside, n2 - inside + outside]], // prettier-ignore
      ]
      const isPossible = (pair: [Counts, Counts]): boolean =>
        inside >= 0 && outside >= 0 && pair.every(([k, n]) => k >= 0 && n >= 1 && k <= n)
      if (moved.some((pair) => isPossible(pair) && kindOf(...pair) !== now)) return images
    }
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

  it('does not take a rate of 0 for a proof that nothing was exchanged', () => {
    const shares = [[0, 3], [1, 3], [2, 3]].map(([k1, k2]) => errorsOf([k1, 2000], [k2, 2000], { ...RULE, m: 1 }).randomShare) // prettier-ignore
    for (const share of shares) expect(share).toBeGreaterThan(0.2)
    for (const share of shares) expect(share).toBeLessThan(0.3)
  })

  it('uses both kinds of images where one kind runs out', () => {
    expect(errorsOf([0, 1000], [3, 3000], { ...RULE, m: 1 }).fewest).toBeLessThan(200)
  })

  it('stays with one image worth of information, also where several images show one subject', () => {
    const side = { count: 0, total: 3000, subjects: { count: 1000, designEffect: 3 } }
    const sides = { group: side, reference: side }
    expect(() => labelErrors(sides, RULE, decideVerdict(sides, RULE))).not.toThrow()
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
