import type { PairedCounts } from '../statistics/paired-counts.js'
import { binomialCounts } from './binomial-counts.js'
import { followRange, NO_COUNTS } from './follow-range.js'

/** A group decided twice: its images, and the chances that an image is counted only in the second run, only in the first. */
export type PairedPopulation = { readonly total: number; readonly gained: number; readonly lost: number }

/** How probable it is that something `holds` of the counts of a change: exact, over the trinomial of gained, lost and unchanged.
 *  For each number of lost images those gained for which it holds must be one range. Images counted in both runs are put with
 *  those counted in neither: what is asked here must not depend on how the two are divided.
 *  @example chanceOfChange({ total: 750, gained: 0.02, lost: 0.01 }, (counts) => tangoInterval(counts).low > 0) */
export function chanceOfChange(population: PairedPopulation, holds: (counts: PairedCounts) => boolean): number {
  return chancesOfChange(population)(holds)
}

/** The same for several questions about one population, whose chances are then tabulated once. */
export function chancesOfChange({
  total,
  gained,
  lost,
}: PairedPopulation): (holds: (counts: PairedCounts) => boolean) => number {
  const ofLost = binomialCounts(total, lost)
  const rows = Array.from({ length: ofLost.last - ofLost.first + 1 }, (_, place) => {
    const onlyFirst = ofLost.first + place
    const left = total - onlyFirst
    return { onlyFirst, left, ofGained: binomialCounts(left, Math.min(1, gained / (1 - lost))) }
  })
  return (holds) => {
    let range = NO_COUNTS
    let found = 0
    for (const { onlyFirst, left, ofGained } of rows) {
      range = followRange({
        before: range,
        limits: { low: ofGained.first, high: ofGained.last },
        holds: (onlySecond) => holds({ both: 0, onlyFirst, onlySecond, neither: left - onlySecond }),
      })
      found += ofLost.chance(onlyFirst) * ofGained.chanceBetween(range.low, range.high)
    }
    return found
  }
}
