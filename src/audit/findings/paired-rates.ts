import { pairedChange, pairedTotal, type PairedCounts } from '../statistics/paired-counts.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { PairedRate, PairedRates, SideChange } from '../types/paired.js'

/** The rate under each of two runs, over the images decided in both, with its Wilson interval at level 1 - alpha. */
export function pairedRates(counts: PairedCounts, alpha: number): PairedRates {
  const total = pairedTotal(counts)
  return [rateOf(counts.both + counts.onlyFirst, total, alpha), rateOf(counts.both + counts.onlySecond, total, alpha)]
}

/** The change of a rate between two runs with Tango's interval at level 1 - alpha; both null without images. */
export function sideChange(counts: PairedCounts, alpha: number): SideChange {
  if (pairedTotal(counts) === 0) return { value: null, interval: null }
  const { low, high } = tangoInterval(counts, alpha)
  return { value: pairedChange(counts), interval: [low, high] }
}

function rateOf(count: number, total: number, alpha: number): PairedRate {
  if (total === 0) return { count, total, value: null, interval: null }
  const { low, high } = wilsonInterval({ count, total }, alpha)
  return { count, total, value: count / total, interval: [low, high] }
}
