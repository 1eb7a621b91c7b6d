import { binomialTail } from './binomial-tail.js'
import { findRoot } from './find-root.js'
import { requireLevel } from './require-level.js'
import { requireProportion } from './proportion.js'
import type { Interval, Proportion } from './proportion.js'

/** Clopper-Pearson interval: the guaranteed range for a proportion, never covering less than 1 - alpha.
 *  Each end is the rate at which the binomial tail of the observed count is alpha / 2.
 *  Throws RangeError unless 0 <= count <= total, total > 0 and 0 < alpha < 1. Source: Clopper & Pearson 1934.
 *  @example clopperPearsonInterval({ count: 0, total: 30 })  // { low: 0, high: 0.1157 } */
export function clopperPearsonInterval(proportion: Proportion, alpha = 0.05): Interval {
  requireProportion('clopperPearsonInterval', proportion)
  requireLevel('clopperPearsonInterval', alpha)
  const tailArea = alpha / 2
  return { low: lowEnd(proportion, tailArea), high: highEnd(proportion, tailArea) }
}

function lowEnd(proportion: Proportion, tailArea: number): number {
  const { count, total } = proportion
  if (count === 0) return 0
  if (count === total) return Math.exp(Math.log(tailArea) / total)
  return findRoot((rate) => Math.log(binomialTail('at-least', proportion, rate) / tailArea), 0, 1)
}

function highEnd(proportion: Proportion, tailArea: number): number {
  const { count, total } = proportion
  if (count === total) return 1
  if (count === 0) return -Math.expm1(Math.log(tailArea) / total)
  return findRoot((rate) => Math.log(binomialTail('at-most', proportion, rate) / tailArea), 0, 1)
}
