import { createRandom } from '../statistics/random.js'
import { newcombeInterval } from '../statistics/newcombe-interval.js'
import type { Interval, Proportion } from '../statistics/proportion.js'
import { scoreIntervalRatio } from '../statistics/score-interval-ratio.js'
import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { CalibrationRow } from '../types/calibration.js'
import { coverageOfPair } from './coverage-of-pair.js'
import { coverageOfRate } from './coverage-of-rate.js'
import { comparisonsOf, totalImages, type CalibrationDesign } from './design.js'
import type { SizedGroup } from './fairface.js'
import { calibrationRow, meanWithError, near, shareError } from './row.js'
import type { SectionRows } from './section-rows.js'
import { simulateWorld, type ShareSums, type WorldTally } from './simulate-world.js'

const COMMON_RATES = [0.001, 0.01, 0.05, 0.144]
const MOST_ALARMS = 0.01 // of audits in which no group differs from any other
const FEWEST_GROUPS = 3 // two groups are one comparison, whose group is chosen by the data: what it prints is not one fixed group's

/** One task per common rate: whole audits of groups that do not differ. How often is a disparity found, what would common rules of
 *  thumb have said, and do the printed intervals hold the truth as often as the exact sum says? */
export function parityTasks(design: CalibrationDesign): (() => SectionRows[])[] {
  return COMMON_RATES.map((rate) => () => {
    const { groups, policy, audits, seed } = design
    const random = createRandom(seed, `calibrate/parity/rate=${rate}`)
    const world = groups.map((group) => ({ ...group, rate }))
    const tally = simulateWorld(world, { policy, audits, random })
    return [
      { section: 'parity', rows: alarmRows(tally, rate, design) },
      { section: 'intervals', rows: groups.length < FEWEST_GROUPS ? [] : coverageRows(tally, rate, design) },
    ]
  })
}

function alarmRows(tally: WorldTally, rate: number, design: CalibrationDesign): CalibrationRow[] {
  const { naive, audits } = tally
  const about = { images: design.groups.map(({ images }) => images), rates: [rate], isMain: true }
  const alarms = (count: number) => ({ ...about, measured: count / audits, error: shareError(count, audits) })
  const target = { low: null, high: MOST_ALARMS }
  const comparisons = comparisonsOf(design)
  const { alpha } = design.policy
  return [
    calibrationRow({ what: 'parity.rule', ...alarms(tally.withDisparity), comparisons, nominal: alpha, target }),
    calibrationRow({ what: 'parity.unadjusted', ...alarms(naive.unadjusted), note: 'warning' }),
    calibrationRow({ what: 'parity.no-margin', ...alarms(naive.noMargin), note: 'warning' }),
    calibrationRow({ what: 'parity.four-fifths', ...alarms(naive.fourFifths), note: 'warning' }),
  ]
}

function coverageRows({ covered }: WorldTally, rate: number, { groups, policy }: CalibrationDesign): CalibrationRow[] {
  const { alpha } = policy
  const everyone = totalImages(groups)
  const ofPairs = (interval: (group: Proportion, reference: Proportion, alpha: number) => Interval, truth: number) =>
    meanOf(groups, ({ images }) => {
      const reference = { total: everyone - images, rate }
      const between = (a: Proportion, b: Proportion): Interval => interval(a, b, alpha)
      return coverageOfPair({ interval: between, group: { total: images, rate }, reference, truth }).coverage
    })
  const row = (what: CalibrationRow['what'], sums: ShareSums, exact: number): CalibrationRow => {
    const { mean, error: seen } = meanWithError(sums)
    // where hardly any interval misses, none may be seen to: then the spread seen is 0 and says nothing
    const error = Math.max(seen, Math.sqrt((exact * (1 - exact)) / (sums.audits * groups.length)))
    const images = groups.map((group) => group.images)
    return calibrationRow({
      what,
      images,
      rates: [rate],
      nominal: 1 - alpha,
      measured: mean,
      error,
      target: near(exact, error),
    })
  }
  const ofRates = meanOf(groups, ({ images }) => coverageOfRate(wilsonInterval, { total: images, rate }, alpha))
  return [
    row('simulated.rate', covered.rate, ofRates),
    row('simulated.difference', covered.difference, ofPairs(newcombeInterval, 0)),
    row('simulated.ratio', covered.ratio, ofPairs(scoreIntervalRatio, 1)),
  ]
}

function meanOf(groups: readonly SizedGroup[], value: (group: SizedGroup) => number): number {
  return groups.reduce((sum, group) => sum + value(group), 0) / groups.length
}
