import { breslowDayStatistic } from './breslow-day-statistic.js'
import { chiSquaredUpperTail } from './chi-squared-upper-tail.js'
import { comparableStrata } from './comparable-strata.js'
import type { Stratum } from './fourfold-tables.js'

/** Breslow-Day test, plain and with Tarone's correction (the one to read), that the odds ratio of a group against its reference
 *  is the same in all strata: does the effect of gender differ by race? Strata without images on one side, and those where
 *  nobody or everybody is counted, say nothing and are listed.
 *  `smallestExpected` is the smallest cell count under the common odds ratio; below 5 take breslowDayPermutation instead.
 *  Throws RangeError unless 0 <= count <= total, with fewer than two strata left, and where their common odds ratio is 0 or
 *  infinite. Source: Breslow & Day 1980, section 4.4; Tarone 1985.
 *  @example breslowDay([{ group: { count: 10, total: 100 }, reference: { count: 5, total: 100 } }, { group: { count: 20, total: 50 }, reference: { count: 10, total: 50 } }])  // statistic 0.1031, p 0.748; tarone 0.1030, taroneP 0.748 */
export function breslowDay(strata: readonly Stratum[]): {
  readonly statistic: number
  readonly p: number
  readonly tarone: number
  readonly taroneP: number
  readonly degreesOfFreedom: number
  readonly smallestExpected: number
  readonly emptyStrata: number[]
} {
  const { tables, oddsRatio, emptyStrata } = comparableStrata('breslowDay', strata)
  const { statistic, tarone, smallestExpected } = breslowDayStatistic(tables, oddsRatio)
  const degreesOfFreedom = tables.length - 1
  return {
    statistic,
    p: chiSquaredUpperTail(statistic, degreesOfFreedom),
    tarone,
    taroneP: chiSquaredUpperTail(tarone, degreesOfFreedom),
    ...{ degreesOfFreedom, smallestExpected, emptyStrata },
  }
}
