import { binomialTable } from '../statistics/binomial-table.js'

/** Counts left out at either end of a binomial: together they have less than this chance. */
const NEGLIGIBLE = 1e-10

/** The counts that a binomial can be expected to show, with their chances. */
export type BinomialCounts = {
  readonly total: number
  /** Counts below `first` and above `last` have a chance under 1e-10 each way, and are left out of enumerations. */
  readonly first: number
  readonly last: number
  readonly chance: (count: number) => number
  /** Chance of a count from `low` to `high`, both included; 0 where high < low. */
  readonly chanceBetween: (low: number, high: number) => number
}

/** Tabulates a binomial once, for enumerations that visit only what can happen.
 *  Throws RangeError unless total is a whole number from 0 and 0 <= rate <= 1.
 *  @example binomialCounts(2, 0.5).chance(1)  // 0.5 */
export function binomialCounts(total: number, rate: number): BinomialCounts {
  const upTo = binomialTable(total, rate)
  const below = (count: number): number => (count <= 0 ? 0 : upTo[Math.min(count, total + 1) - 1])
  const chanceBetween = (low: number, high: number): number => (high < low ? 0 : below(high + 1) - below(low))
  const first = upTo.findIndex((chance) => chance > NEGLIGIBLE)
  const last = upTo.findIndex((chance) => 1 - chance <= NEGLIGIBLE)
  return { total, first, last, chance: (count) => chanceBetween(count, count), chanceBetween }
}
