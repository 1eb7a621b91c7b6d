import { decideChange } from '../findings/decide-change.js'
import { mcnemarTest } from '../statistics/mcnemar-test.js'
import { newcombePairedInterval } from '../statistics/newcombe-paired-interval.js'
import type { PairedCounts } from '../statistics/paired-counts.js'
import { createRandom, type Random } from '../statistics/random.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import type { CalibrationRow } from '../types/calibration.js'
import { chanceOfChange, type PairedPopulation } from './chance-of-change.js'
import type { CalibrationDesign } from './design.js'
import { calibrationRow, shareError, withWorstFirst } from './row.js'

const ALPHA = 0.05
const COVERING = { low: 0.93, high: 0.97 }
const ENOUGH_EXPECTED = 10
const MOST_TIMES = 1.4 // with the guard; without it a false change comes up to 2.8 times as often as promised
const DRAWS_PER_AUDIT = 10 // a draw here is one interval, not a whole audit

/** Chances of an image to be counted in both runs, only the first, only the second, neither. */
type Cells = readonly [both: number, onlyFirst: number, onlySecond: number, neither: number]
const CELLS: readonly Cells[] = [
  [0.1, 0.02, 0.02, 0.86],
  [0.05, 0.1, 0.02, 0.83],
  [0.02, 0.28, 0, 0.7],
  [0.3, 0.05, 0.05, 0.6],
]
const COVERED_IMAGES = [30, 118, 750]
const CHANGED_IMAGES = [118, 750, 1556]
const AGAINST = [0, 0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.15] // share of images that change the other way
const COMPARISONS = [1, 14]

/** Decides a change; the audit's own rule unless a test hands in a broken one. */
export type DecideChange = typeof decideChange

/** Intervals and verdicts on the same images under two label sets, prompts or models. */
export function pairedTasks(
  design: CalibrationDesign,
  decide: DecideChange = decideChange,
): (() => CalibrationRow[])[] {
  return [() => coverageRows(design), ...CHANGED_IMAGES.map((images) => () => changeRows(images, design, decide))]
}

type Population = { readonly cells: Cells; readonly images: number }

function coverageRows(design: CalibrationDesign): CalibrationRow[] {
  const populations = CELLS.flatMap((cells) => COVERED_IMAGES.map((images) => ({ cells, images })))
  const alike = populations.filter(({ cells: [, onlyFirst, onlySecond] }) => onlyFirst === onlySecond)
  const farthest = ({ measured, note }: CalibrationRow): number =>
    note === 'enough-expected' ? Math.abs(measured - (1 - ALPHA)) : -1
  const highest = ({ measured }: CalibrationRow): number => measured
  return [
    ...withWorstFirst(populations.map(tangoRow), farthest),
    ...withWorstFirst(
      populations.map((population) => newcombeRow(population, design)),
      farthest,
    ),
    ...withWorstFirst(
      alike.map((population) => mcnemarRow('exact', population)),
      highest,
    ),
    ...withWorstFirst(
      alike.map((population) => mcnemarRow('midP', population)),
      highest,
    ),
  ]
}

function tangoRow(population: Population): CalibrationRow {
  const truth = changeOf(population)
  const measured = chanceOfChange(pairsOf(population), (counts) => {
    const { low, high } = tangoInterval(counts, ALPHA)
    return low <= truth && truth <= high
  })
  return calibrationRow({
    ...aboutCoverage(population),
    what: 'coverage.tango',
    measured,
    target: isEnough(population) ? COVERING : null,
  })
}

/** Simulated: this interval needs all four cells, which are too many to add up. */
function newcombeRow(population: Population, { seed, audits }: CalibrationDesign): CalibrationRow {
  const { cells, images } = population
  const random = createRandom(seed, `calibrate/paired/images=${images}&cells=${cells.join()}`)
  const truth = changeOf(population)
  const draws = audits * DRAWS_PER_AUDIT
  let covered = 0
  for (let draw = 0; draw < draws; draw++) {
    const { low, high } = newcombePairedInterval(drawPairs(population, random), ALPHA)
    if (low <= truth && truth <= high) covered++
  }
  return calibrationRow({
    ...aboutCoverage(population),
    what: 'coverage.newcombe-paired',
    measured: covered / draws,
    error: shareError(covered, draws),
    target: isEnough(population) ? COVERING : null,
  })
}

function drawPairs({ cells, images }: Population, random: Random): PairedCounts {
  const [bothShare, firstShare, secondShare] = cells
  const both = random.binomial(images, bothShare)
  const onlyFirst = random.binomial(images - both, firstShare / (1 - bothShare))
  const left = images - both - onlyFirst
  const onlySecond = random.binomial(left, secondShare / (1 - bothShare - firstShare))
  return { both, onlyFirst, onlySecond, neither: left - onlySecond }
}

/** How often McNemar's test calls a change where there is none: the exact one never too often. */
function mcnemarRow(kind: 'exact' | 'midP', population: Population): CalibrationRow {
  // the test rejects far from the diagonal, on both sides of it: what is one range is where it does not
  const kept = chanceOfChange(pairsOf(population), (counts) => mcnemarTest(counts)[kind] > ALPHA)
  return calibrationRow({
    ...aboutCoverage(population),
    what: kind === 'exact' ? 'size.mcnemar-exact' : 'size.mcnemar-mid',
    nominal: ALPHA,
    measured: 1 - kept,
    target: kind === 'exact' ? { low: null, high: ALPHA } : null,
  })
}

function pairsOf({ cells: [, lost, gained], images }: Population): PairedPopulation {
  return { total: images, gained, lost }
}

function changeOf({ cells: [, lost, gained] }: Population): number {
  return gained - lost
}

function isEnough({ cells: [, lost, gained], images }: Population): boolean {
  return Math.min(lost, gained) * images >= ENOUGH_EXPECTED
}

function aboutCoverage(population: Population) {
  const [, lost, gained] = population.cells
  const note = isEnough(population) ? ('enough-expected' as const) : ('few-expected' as const)
  return { note, images: [population.images], rates: [gained, lost], nominal: 1 - ALPHA }
}

/** How often a change is called wrongly with the truth exactly on the margin, and how often "within" is, in units of what is
 *  promised: the worst over how many images change the other way. Exact. */
function changeRows(images: number, { policy }: CalibrationDesign, decide: DecideChange): CalibrationRow[] {
  const { alpha, minimumImages: minimum } = policy
  const margin = policy.margin.difference
  const rows = COMPARISONS.flatMap((comparisons) => {
    const rule = { alpha, m: comparisons, minimum, margin }
    const nominal = alpha / (2 * comparisons)
    return (['higher', 'lower'] as const).flatMap((side) => {
      // a fall is a rise with the runs exchanged: the counts are put back before the verdict
      const decided = (counts: PairedCounts) => decide(side === 'higher' ? counts : exchanged(counts), rule)
      const tried = AGAINST.filter((against) => margin + 2 * against <= 1).map((against) => {
        const population = { total: images, gained: against + margin, lost: against }
        const change = chanceOfChange(population, (counts) => {
          const verdict = decided(counts)
          return verdict.kind === 'change' && verdict.direction === side
        })
        const within = chanceOfChange(population, (counts) => decided(counts).kind === 'within-margin')
        return { rates: [against + margin, against], change: change / nominal, within: within / nominal }
      })
      return (['change', 'within'] as const).map((kind) => {
        const worst = tried.reduce((found, one) => (one[kind] > found[kind] ? one : found))
        return calibrationRow({
          what: `paired.${kind}.${side}`,
          images: [images],
          rates: worst.rates,
          comparisons,
          nominal,
          measured: worst[kind],
          unit: 'times',
          target: { low: null, high: MOST_TIMES },
        })
      })
    })
  })
  const ofKind = (kind: string): CalibrationRow[] =>
    withWorstFirst(
      rows.filter(({ what }) => what.startsWith(`paired.${kind}`)),
      ({ measured }) => measured,
    )
  return [...ofKind('change'), ...ofKind('within')]
}

function exchanged({ both, onlyFirst, onlySecond, neither }: PairedCounts): PairedCounts {
  return { both, onlyFirst: onlySecond, onlySecond: onlyFirst, neither }
}
