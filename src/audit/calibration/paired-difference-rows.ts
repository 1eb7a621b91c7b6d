import { decideDifferenceInDifferences } from '../findings/decide-difference-in-differences.js'
import { binomialTable } from '../statistics/binomial-table.js'
import { firstAbove } from '../statistics/first-above.js'
import { moverDifference, type EstimateWithInterval } from '../statistics/mover-difference.js'
import { pairedChange, pairedTotal, type PairedCounts } from '../statistics/paired-counts.js'
import { createRandom, type Random } from '../statistics/random.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import type { CalibrationRow } from '../types/calibration.js'
import { chancesOfChange, type PairedPopulation } from './chance-of-change.js'
import type { CalibrationDesign } from './design.js'
import { calibrationRow, withWorstFirst } from './row.js'

const MOST_TIMES = 1.3 // with the guard; without it a false change comes up to 2.3 times as often as promised
const SLICES = 60 // of what the reference can show; two of each are drawn, and for each the group's counts are added up
const SIZES = [
  { images: 750, rest: 10_204 },
  { images: 1556, rest: 9398 },
] as const
const SHARED = [0, -0.005, -0.02] // change of the reference
const AGAINST = [0, 0.001, 0.003] // share of images that change the other way, on both sides
const COMPARISONS = [1, 14]

/** Decides a difference in differences; the audit's own rule unless a test hands in a broken one. */
export type DecideDifference = typeof decideDifferenceInDifferences

/** How often a difference in differences is called a change wrongly, with the truth exactly on the margin, in units of what is
 *  promised: the worst over how much everyone else changed, and how many images change the other way. */
export function pairedDifferenceTasks(
  design: CalibrationDesign,
  decide: DecideDifference = decideDifferenceInDifferences,
): (() => CalibrationRow[])[] {
  return SIZES.map((sizes) => () => {
    const rows = COMPARISONS.flatMap((comparisons) =>
      (['higher', 'lower'] as const).map((side) => worstRow({ ...sizes, comparisons, side }, design, decide)),
    )
    return withWorstFirst(rows, ({ measured }) => measured)
  })
}

type Setting = (typeof SIZES)[number] & { readonly comparisons: number; readonly side: 'higher' | 'lower' }

function worstRow(setting: Setting, design: CalibrationDesign, decide: DecideDifference): CalibrationRow {
  const { images, rest, comparisons, side } = setting
  const { alpha, margin } = design.policy
  const nominal = alpha / (2 * comparisons)
  const onMargin = (shared: number): number => shared + (side === 'higher' ? margin.difference : -margin.difference)
  const settings = SHARED.flatMap((shared) => AGAINST.map((against) => ({ shared, against })))
  const possible = settings.filter(({ shared, against }) => Math.abs(onMargin(shared)) + 2 * against <= 1)
  const tried = possible.map(({ shared, against }) => {
    const group = populationOf(images, onMargin(shared), against)
    const reference = populationOf(rest, shared, against)
    const { mean, error } = falseChanges({ group, reference, setting }, design, decide)
    const rates = [group.gained, group.lost, reference.gained, reference.lost]
    return { rates, measured: mean / nominal, error: error / nominal }
  })
  return calibrationRow({
    what: `paired.difference.${side}`,
    images: [images, rest],
    comparisons,
    nominal,
    unit: 'times',
    target: { low: null, high: MOST_TIMES },
    ...tried.reduce((found, one) => (one.measured > found.measured ? one : found)),
  })
}

function populationOf(total: number, change: number, against: number): PairedPopulation {
  return { total, gained: against + Math.max(0, change), lost: against + Math.max(0, -change) }
}

type Populations = {
  readonly group: PairedPopulation
  readonly reference: PairedPopulation
  readonly setting: Setting
}

/** The reference is drawn, and what the group can show beside it is added up. */
function falseChanges(
  { group, reference, setting }: Populations,
  { policy, seed }: CalibrationDesign,
  decide: DecideDifference,
): { readonly mean: number; readonly error: number } {
  const { comparisons, side } = setting
  const rule = { alpha: policy.alpha, m: comparisons, minimum: policy.minimumImages, margin: policy.margin.difference }
  const names = [group.total, reference.gained, reference.lost, comparisons, side].join('&')
  const random = createRandom(seed, `calibrate/paired-difference/${names}`)
  const estimate = rememberedEstimates(rule.alpha / rule.m)
  const chanceThat = chancesOfChange(group)
  const chanceBeside = (seen: PairedCounts): number =>
    chanceThat((counts) => {
      const { interval } = moverDifference(estimate(counts), estimate(seen))
      const verdict = decide({ group: counts, reference: seen }, rule, interval)
      return verdict.kind === 'change' && verdict.direction === side
    })
  let [sum, squares] = [0, 0]
  for (const [first, second] of drawSliced(reference, random)) {
    const [one, other] = [chanceBeside(first), chanceBeside(second)]
    sum += one + other
    squares += (one - other) ** 2
  }
  const draws = 2 * SLICES
  return { mean: sum / draws, error: Math.sqrt(squares) / draws }
}

/** The same counts come again with every reference, and their intervals are what takes long. */
function rememberedEstimates(level: number): (counts: PairedCounts) => EstimateWithInterval {
  const known = new Map<number, EstimateWithInterval>()
  return (counts) => {
    const total = pairedTotal(counts)
    const key = (counts.onlyFirst * (total + 1) + counts.onlySecond) * 2 ** 15 + total
    const found = known.get(key) ?? { value: pairedChange(counts), interval: tangoInterval(counts, level) }
    known.set(key, found)
    return found
  }
}

/** Two draws from each of equally probable slices of the lost images, the more frequent here: every slice has its due, and what
 *  its two draws differ by tells the error. Source: stratified sampling, Cochran 1977, 5A.14. */
function drawSliced({ total, gained, lost }: PairedPopulation, random: Random): [PairedCounts, PairedCounts][] {
  const upTo = binomialTable(total, lost)
  const drawIn = (slice: number): PairedCounts => {
    const onlyFirst = firstAbove(upTo, (slice + random.uniform()) / SLICES)
    const onlySecond = random.binomial(total - onlyFirst, gained / (1 - lost))
    return { both: 0, onlyFirst, onlySecond, neither: total - onlyFirst - onlySecond }
  }
  return Array.from({ length: SLICES }, (_, slice) => [drawIn(slice), drawIn(slice)])
}
