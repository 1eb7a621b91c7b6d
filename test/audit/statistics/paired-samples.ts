import fc from 'fast-check'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'

/** Any paired counts with up to `largest` images in each cell and at least one image, empty cells as often as the rest. */
export function pairedCounts(largest: number): fc.Arbitrary<PairedCounts> {
  const cell = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: Math.min(5, largest) }),
    fc.integer({ min: 0, max: largest }),
  )
  return fc
    .record({ both: cell, onlyFirst: cell, onlySecond: cell, neither: cell })
    .filter(({ both, onlyFirst, onlySecond, neither }) => both + onlyFirst + onlySecond + neither > 0)
}

/** The same images with the two runs in the other order. */
export function swapped(counts: PairedCounts): PairedCounts {
  return { ...counts, onlyFirst: counts.onlySecond, onlySecond: counts.onlyFirst }
}

/** True probabilities of the four cells. */
export type Cells = readonly [both: number, onlyFirst: number, onlySecond: number, neither: number]
export type Sample = { readonly counts: PairedCounts; readonly probability: number }

const NEGLIGIBLE = 1e-9 // all samples left out together stay below 1e-5

/** Every likely number of images that change, each way; those that do not are all in `neither`, which neither Tango's interval
 *  nor McNemar's test looks at. */
export function discordantSamples(total: number, cells: Cells): Sample[] {
  const likely: Sample[] = []
  for (const first of likelyCounts(total, cells[1])) {
    for (const second of likelyCounts(total - first.count, cells[2] / (1 - cells[1]))) {
      const probability = first.probability * second.probability
      const [onlyFirst, onlySecond] = [first.count, second.count]
      const counts = { both: 0, onlyFirst, onlySecond, neither: total - onlyFirst - onlySecond }
      if (probability > NEGLIGIBLE) likely.push({ counts, probability })
    }
  }
  return likely
}

/** Every likely sample, all four cells told apart. */
export function pairedSamples(total: number, cells: Cells): Sample[] {
  return discordantSamples(total, cells).flatMap(({ counts, probability }) =>
    likelyCounts(counts.neither, cells[0] / (cells[0] + cells[3]))
      .map((both) => ({
        counts: { ...counts, both: both.count, neither: counts.neither - both.count },
        probability: probability * both.probability,
      }))
      .filter((sample) => sample.probability > NEGLIGIBLE),
  )
}

/** Probability that a sample is one of those that `holds` says. */
export function chanceOf(samples: readonly Sample[], holds: (counts: PairedCounts) => boolean): number {
  return samples.reduce((sum, { counts, probability }) => (holds(counts) ? sum + probability : sum), 0)
}

/** How far an exact chance may lie from one simulated 40,000 times and printed with three decimals (specification, D3). */
export function simulationError(chance: number): number {
  return 3 * Math.sqrt((chance * (1 - chance)) / 40_000) + 0.0005
}

const logFactorials = [0]

function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1] + Math.log(k))
  return logFactorials[n]
}

function likelyCounts(total: number, rate: number): { count: number; probability: number }[] {
  if (rate <= 0) return [{ count: 0, probability: 1 }]
  const logs = [Math.log(rate), Math.log1p(-rate)]
  return Array.from({ length: total + 1 }, (_, count) => {
    const ways = logFactorial(total) - logFactorial(count) - logFactorial(total - count)
    return { count, probability: Math.exp(ways + count * logs[0] + (total - count) * logs[1]) }
  }).filter(({ probability }) => probability > NEGLIGIBLE)
}
