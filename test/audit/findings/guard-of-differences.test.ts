import { describe, expect, it } from 'vitest'
import { judgeDifferenceInDifferences } from '../../../src/audit/findings/judge-difference-in-differences.js'
import { moverDifference } from '../../../src/audit/statistics/mover-difference.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import type { ChangeVerdict } from '../../../src/audit/types/change.js'

const RULE = { alpha: 0.05, m: 14, minimum: 30, margin: 0.01 }

const lost = (images: number, of: number): PairedCounts => ({ both: 0, onlyFirst: images, onlySecond: 0, neither: of - images }) // prettier-ignore
const gained = (images: number, of: number): PairedCounts => ({ both: 0, onlyFirst: 0, onlySecond: images, neither: of - images }) // prettier-ignore

function verdictOn(group: PairedCounts, reference: PairedCounts): ChangeVerdict {
  return judgeDifferenceInDifferences({ group: { counts: group }, reference: { counts: reference }, rule: RULE })
    .verdict
}

describe('the guard of differences in differences', () => {
  it('keeps the worked row of the specification a change', () => {
    const group = { both: 20, onlyFirst: 180, onlySecond: 0, neither: 300 }
    const reference = { both: 90, onlyFirst: 12, onlySecond: 2, neither: 896 }
    expect(verdictOn(group, reference)).toEqual({ kind: 'change', direction: 'lower' })
  })

  it('takes back a change that few images make, one way, and leaves it with a few more', () => {
    // the interval lies beyond the margin for both; P(Bin(750, 0.015) >= 24) is 0.0007, and of 23 images 0.0014
    const reference = lost(51, 10_204)
    const first = Array.from({ length: 60 }, (_, images) => images).find(
      (images) => verdictOn(lost(images, 750), reference).kind === 'change',
    )
    const byInterval = Array.from({ length: 60 }, (_, images) => images).find((images) => isBeyond(lost(images, 750), reference)) // prettier-ignore
    expect([byInterval, first]).toEqual([22, 23])
    expect(verdictOn(lost(22, 750), reference)).toEqual({ kind: 'inconclusive', reason: 'few-events' })
    expect(verdictOn(gained(22, 750), gained(51, 10_204))).toEqual({ kind: 'inconclusive', reason: 'few-events' })
    expect(verdictOn(gained(23, 750), gained(51, 10_204))).toEqual({ kind: 'change', direction: 'higher' })
  })

  it('sees a group that stayed while the others changed by what the others lost', () => {
    expect(verdictOn(lost(0, 2000), lost(800, 9000))).toEqual({ kind: 'change', direction: 'higher' })
    expect(verdictOn(lost(51, 10_204), lost(22, 750))).toEqual({ kind: 'inconclusive', reason: 'few-events' })
    expect(verdictOn(lost(51, 10_204), lost(23, 750))).toEqual({ kind: 'change', direction: 'higher' })
  })

  it('keeps false changes on the margin near what is promised, where without it they come twice as often', () => {
    const random = createRandom(20_280_000, 'guard')
    const draws = 60_000
    let [without, kept] = [0, 0]
    for (let draw = 0; draw < draws; draw++) {
      const group = lost(random.binomial(750, 0.015), 750)
      const reference = lost(random.binomial(10_204, 0.005), 10_204)
      if (!isBeyond(group, reference)) continue
      without++
      if (verdictOn(group, reference).kind === 'change') kept++
    }
    const promised = draws * (RULE.alpha / RULE.m / 2)
    expect(without / promised).toBeGreaterThan(1.8)
    expect(kept / promised).toBeLessThan(1.3)
  })
})

const intervals = new Map<string, ReturnType<typeof tangoInterval>>()

/** Whether the interval alone lies below minus the margin. */
function isBeyond(group: PairedCounts, reference: PairedCounts): boolean {
  const estimate = (counts: PairedCounts) => {
    const total = counts.both + counts.onlyFirst + counts.onlySecond + counts.neither
    const key = `${counts.onlyFirst} ${total}`
    const interval = intervals.get(key) ?? tangoInterval(counts, RULE.alpha / RULE.m)
    intervals.set(key, interval)
    return { value: -counts.onlyFirst / total, interval }
  }
  return moverDifference(estimate(group), estimate(reference)).interval.high < -RULE.margin
}
