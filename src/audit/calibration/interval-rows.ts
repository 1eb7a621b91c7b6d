import { clopperPearsonInterval } from '../statistics/clopper-pearson-interval.js'
import { envelopeIntervalDifference } from '../statistics/envelope-interval-difference.js'
import { envelopeIntervalRatio } from '../statistics/envelope-interval-ratio.js'
import { katzRatioInterval } from '../statistics/katz-ratio-interval.js'
import { newcombeInterval } from '../statistics/newcombe-interval.js'
import { normalQuantile } from '../statistics/normal-quantile.js'
import type { Interval, Proportion } from '../statistics/proportion.js'
import { scoreIntervalDifference } from '../statistics/score-interval-difference.js'
import { scoreIntervalRatio } from '../statistics/score-interval-ratio.js'
import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { CalibrationRow } from '../types/calibration.js'
import { coverageOfEveryPair, coverageOfPair } from './coverage-of-pair.js'
import { coverageOfRate } from './coverage-of-rate.js'
import { sizedPairs, totalImages, type CalibrationDesign, type SizedPair } from './design.js'
import { calibrationRow, withWorstFirst } from './row.js'

const ALPHA = 0.05
const ENOUGH_EXPECTED = 10 // images inside and outside the outcome; from here on intervals are promised to cover 93 to 97 %
const COVERING = { low: 0.93, high: 0.97 }

/** True rates of group and reference. */
const RATES: readonly (readonly [group: number, reference: number])[] = [
  [0.001, 0.001],
  [0.01, 0.01],
  [0.05, 0.05],
  [0.144, 0.144],
  [0.3, 0.3],
  [0.144, 0.05],
]

type IntervalId = Extract<CalibrationRow['what'], `coverage.${string}`>
type RateInterval = (proportion: Proportion, alpha: number) => Interval
type PairInterval = (group: Proportion, reference: Proportion, alpha: number) => Interval

const OF_RATES: readonly (readonly [IntervalId, RateInterval])[] = [
  ['coverage.wilson', wilsonInterval],
  ['coverage.clopper-pearson', clopperPearsonInterval],
]
const OF_PAIRS: readonly (readonly [IntervalId, PairInterval, 'difference' | 'ratio'])[] = [
  ['coverage.newcombe', newcombeInterval, 'difference'],
  ['coverage.score-difference', scoreIntervalDifference, 'difference'],
  ['coverage.score-ratio', scoreIntervalRatio, 'ratio'],
  ['coverage.envelope-difference', envelopeIntervalDifference, 'difference'],
  ['coverage.envelope-ratio', envelopeIntervalRatio, 'ratio'],
  ['coverage.katz', katzRatioInterval, 'ratio'],
  ['coverage.wald', waldInterval, 'difference'],
]

/** One task per interval: how often it holds the truth at every group size, by adding up all counts that can happen. */
export function intervalTasks(design: CalibrationDesign): (() => CalibrationRow[])[] {
  const pairs = pairsToCover(design)
  return [
    ...OF_RATES.map(
      ([what, interval]) =>
        () =>
          summarised(
            what,
            pairs.flatMap((pair) => rateRows(what, interval, pair)),
          ),
    ),
    ...OF_PAIRS.map(
      ([what, interval, of]) =>
        () =>
          summarised(
            what,
            pairs.flatMap((pair) => RATES.map((rates) => pairRow(what, [interval, of], pair, rates))),
          ),
    ),
  ]
}

/** Every group beside everyone else, and the smallest group that would get a verdict. */
function pairsToCover(design: CalibrationDesign): SizedPair[] {
  const { minimumImages } = design.policy
  return [
    { name: null, images: minimumImages, rest: totalImages(design.groups) - minimumImages },
    ...sizedPairs(design).filter(({ images }) => images !== minimumImages),
  ]
}

function rateRows(what: IntervalId, interval: RateInterval, { name, images }: SizedPair): CalibrationRow[] {
  return RATES.filter(([group, reference]) => group === reference).map(([rate]) =>
    coverageRow(what, {
      measured: coverageOfRate(interval, { total: images, rate }, ALPHA),
      group: name,
      images: [images],
      rates: [rate],
    }),
  )
}

function pairRow(
  what: IntervalId,
  [interval, of]: readonly [PairInterval, 'difference' | 'ratio'],
  { name, images, rest }: SizedPair,
  [rate, referenceRate]: readonly [number, number],
): CalibrationRow {
  const question = {
    interval: (group: Proportion, reference: Proportion) => interval(group, reference, ALPHA),
    group: { total: images, rate },
    reference: { total: rest, rate: referenceRate },
    truth: of === 'difference' ? rate - referenceRate : rate / referenceRate,
  }
  const measured =
    what === 'coverage.wald'
      ? coverageOfEveryPair(question)
      : coverageOfPair({ ...question, leastCount: what === 'coverage.katz' ? 1 : 0 }).coverage
  return coverageRow(what, { measured, group: name, images: [images, rest], rates: [rate, referenceRate] })
}

function coverageRow(
  what: IntervalId,
  given: Pick<CalibrationRow, 'measured' | 'group' | 'images' | 'rates'>,
): CalibrationRow {
  const isEnough = given.images.every((images, side) =>
    [given.rates[side], 1 - given.rates[side]].every((rate) => images * rate >= ENOUGH_EXPECTED),
  )
  const note = isWarning(what) ? 'warning' : isEnough ? 'enough-expected' : 'few-expected'
  return calibrationRow({ what, ...given, note, nominal: 1 - ALPHA, target: targetOf(what, isEnough) })
}

function targetOf(what: IntervalId, isEnough: boolean): CalibrationRow['target'] {
  if (what === 'coverage.clopper-pearson') return { low: 1 - ALPHA, high: null }
  return isEnough && !isWarning(what) ? COVERING : null
}

function isWarning(what: IntervalId): boolean {
  return what === 'coverage.katz' || what === 'coverage.wald'
}

/** One row for each pair of rates, that of the group size with the worst coverage; the worst of all stand first. */
function summarised(what: IntervalId, rows: readonly CalibrationRow[]): CalibrationRow[] {
  const isGuaranteed = what === 'coverage.clopper-pearson'
  const badness = ({ measured, note }: CalibrationRow): number =>
    note === 'enough-expected' && !isGuaranteed ? Math.abs(measured - (1 - ALPHA)) : -measured
  const byNote = (['enough-expected', 'few-expected', 'warning'] as const).map((note) =>
    rows.filter((row) => row.note === note),
  )
  return byNote
    .filter((some) => some.length > 0)
    .flatMap((some) => {
      const rates = [...new Set(some.map((row) => row.rates.join()))]
      const worst = rates
        .map((same) => some.filter((row) => row.rates.join() === same))
        .map((same) => same.reduce((found, row) => (badness(row) > badness(found) ? row : found)))
      return withWorstFirst(worst, badness)
    })
}

/** The interval of many textbooks, for the warning only. */
function waldInterval(group: Proportion, reference: Proportion, alpha: number): Interval {
  const [rate, referenceRate] = [group.count / group.total, reference.count / reference.total]
  const variance = (rate * (1 - rate)) / group.total + (referenceRate * (1 - referenceRate)) / reference.total
  const reach = normalQuantile(alpha / 2) * Math.sqrt(variance)
  return { low: rate - referenceRate - reach, high: rate - referenceRate + reach }
}
