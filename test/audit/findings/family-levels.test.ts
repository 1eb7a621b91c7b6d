import { describe, expect, it } from 'vitest'
import { chanceAtMargin, decideVerdict } from '../../../src/audit/findings/decide-verdict.js'
import { familyLevels } from '../../../src/audit/findings/family-levels.js'
import { marginPValue } from '../../../src/audit/statistics/margin-p-value.js'
import type { Family } from '../../../src/audit/types/facts.js'

const FAMILY: Family = {
  id: 'f1',
  evidence: 'e1',
  labelSet: 'x',
  groupBy: ['race'],
  outcomes: ['crime'],
  reference: { kind: 'rest' },
  alpha: 0.05,
  m: 4,
  size: 4,
  minimum: 30,
  adjustment: 'holm',
  margin: { difference: 0.01, ratio: 1.25 },
}
const sides = (k1: number, n1: number, k2: number, n2: number) => ({
  group: { count: k1, total: n1 },
  reference: { count: k2, total: n2 },
})
const CLEAR = sides(200, 1000, 400, 9000) // p near 1e-40
const PLAIN = sides(100, 1000, 400, 9000) // p near 1e-5
const LOWER = sides(10, 1000, 400, 9000) // p near 3e-5
const NONE = sides(45, 1000, 400, 9000)
const SMALL = sides(5, 20, 400, 9000)

describe('familyLevels', () => {
  it('is alpha / m for everyone by Bonferroni', () => {
    expect(familyLevels([CLEAR, NONE], { ...FAMILY, adjustment: 'bonferroni' })).toEqual([0.0125, 0.0125])
  })

  it('steps down by Holm: the j-th rejection at alpha / (m - j + 1), all others at alpha / (m - rejections)', () => {
    const levels = familyLevels([NONE, PLAIN, CLEAR, NONE], FAMILY)
    expect(levels).toEqual([0.05 / 2, 0.05 / 3, 0.05 / 4, 0.05 / 2])
  })

  it('leaves a comparison without enough images out of the steps', () => {
    expect(familyLevels([SMALL, CLEAR], { ...FAMILY, m: 1 })).toEqual([0.05, 0.05])
  })

  it('stays at alpha / m where nothing is rejected', () => {
    expect(familyLevels([NONE, NONE, NONE, NONE], FAMILY)).toEqual([0.0125, 0.0125, 0.0125, 0.0125])
  })

  it('counts comparisons that are not tested, as of the reference "best", as not rejected', () => {
    const best: Family = { ...FAMILY, reference: { kind: 'best' }, m: 6 }
    expect(familyLevels([CLEAR, NONE, NONE], best)).toEqual([0.05 / 6, 0.05 / 5, 0.05 / 5])
  })

  it.each([
    [sides(76, 1000, 400, 9000), 'a p of 0.0123, at most a quarter of alpha', [0.05 / 3, 0.05 / 4, 0.05 / 3]],
    [sides(75, 995, 400, 9000), 'a p of 0.0152, above it', [0.05 / 4, 0.05 / 4, 0.05 / 4]],
  ])(
    'holds the first step to alpha / 4, one comparison being too small and one not tested: %o with %s',
    (border, _, levels) => {
      expect(familyLevels([SMALL, border, NONE], FAMILY)).toEqual(levels)
    },
  )

  it('steps down to a rate that is clearly lower too', () =>
    expect(familyLevels([LOWER, NONE, NONE, NONE], FAMILY)).toEqual([0.05 / 4, 0.05 / 3, 0.05 / 3, 0.05 / 3]))

  it('takes no step for what the guard against few events will not let stand', () => {
    // margin p 0.0089, times 4 below 0.05; but 3 of 40 at a rate of 1 % has a chance of 0.0075, twice and times 4 above it
    expect(familyLevels([sides(3, 40, 0, 300), NONE, NONE, NONE], FAMILY)).toEqual([0.0125, 0.0125, 0.0125, 0.0125])
  })

  it('rejects at a p of exactly alpha / m', () => {
    const rule = { referenceKind: 'rest', margin: FAMILY.margin } as const
    const p = marginPValue({ ...PLAIN, margin: FAMILY.margin, direction: 'higher' })
    expect(p).toBeGreaterThan(2 * chanceAtMargin('higher', PLAIN, rule))
    const alpha = 4 * p
    expect(familyLevels([PLAIN, NONE, NONE, NONE], { ...FAMILY, alpha })).toEqual([p, alpha / 3, alpha / 3, alpha / 3])
  })

  it('leaves a side without images out of the steps', () => {
    const [nobody, noReference] = [sides(0, 0, 400, 9000), sides(400, 9000, 0, 0)]
    expect(familyLevels([nobody, noReference, CLEAR], { ...FAMILY, m: 1, minimum: 0 })).toEqual([0.05, 0.05, 0.05])
  })

  it('never finds less than Bonferroni, and every rejection is a disparity at its own level', () => {
    const all = Array.from({ length: 60 }, (_, step) => sides(40 + 3 * step, 1000, 400, 9000))
    const family = { ...FAMILY, m: all.length }
    const verdicts = (levels: readonly number[]) =>
      all.map(
        (pair, index) =>
          decideVerdict(pair, { ...family, referenceKind: 'rest', level: levels[index] }).kind === 'disparity',
      )
    const [holm, bonferroni] = [
      verdicts(familyLevels(all, family)),
      verdicts(familyLevels(all, { ...family, adjustment: 'bonferroni' })),
    ]
    expect(holm.filter(Boolean).length).toBeGreaterThan(bonferroni.filter(Boolean).length)
    bonferroni.forEach((found, index) => expect(holm[index] || !found).toBe(true))
  })
})
