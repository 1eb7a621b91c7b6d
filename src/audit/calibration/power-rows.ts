import { decideVerdict } from '../findings/decide-verdict.js'
import { margins } from '../statistics/margins.js'
import { createRandom } from '../statistics/random.js'
import { smallestDetectableRate } from '../statistics/smallest-detectable-rate.js'
import type { CalibrationRow } from '../types/calibration.js'
import { chanceOfDisparity, type VerdictQuestion } from './chance-of-verdict.js'
import { comparisonsOf, sizedPairs, typicalPairs, type CalibrationDesign, type SizedPair } from './design.js'
import { KNOWN_POWER, KNOWN_WITHIN } from './known-elsewhere.js'
import { MOST_TIMES } from './margin-rows.js'
import type { SectionRows } from './section-rows.js'
import { calibrationRow, ERRORS_ALLOWED, near, shareError } from './row.js'
import { simulateWorld, type WorldTally } from './simulate-world.js'

const PROMISED_POWER = 0.8
// reports say four times in five, by a normal approximation; exactly it is about three in four, less where both sides are small
const FEWEST_FOUND = { atReferenceSizes: 0.7, elsewhere: 0.6 }
const ENOUGH_EXPECTED = 10
const BASE_RATES = [0.01, 0.05, 0.144]
const MOST_WRONG = 0.01 // of audits; simulated apart it was 0.006 at most

/** Exact chances that a planted gap is found, and whole audits that look for one. */
export function powerTasks(design: CalibrationDesign): (() => SectionRows[])[] {
  const pairs = typicalPairs(design)
  const exact = pairs.map((pair) => () => [{ section: 'power' as const, rows: promiseRows(pair, design) }])
  const known = design.isReference ? [() => [{ section: 'power' as const, rows: knownRows(design) }]] : []
  const planted = pairs.map((pair, place) => () => [
    { section: 'power' as const, rows: auditRows(pair, place === 0 ? 0.01 : 0.05, design) },
  ])
  return [...exact, ...known, ...planted, () => [{ section: 'margin' as const, rows: onMarginRows(pairs[0], design) }]]
}

/** Power at the rate that reports print as detectable. */
function promiseRows(pair: SizedPair, design: CalibrationDesign): CalibrationRow[] {
  return BASE_RATES.flatMap((base) => {
    const rate = detectableRate(pair, base, design)
    if (rate === null) return []
    const isEnough = Math.min(pair.images, pair.rest) * base >= ENOUGH_EXPECTED
    const low = design.isReference ? FEWEST_FOUND.atReferenceSizes : FEWEST_FOUND.elsewhere
    return calibrationRow({
      what: 'power.promise',
      ...about(pair, [rate, base], design),
      isMain: true,
      note: isEnough ? 'enough-expected' : 'few-expected',
      nominal: PROMISED_POWER,
      measured: exactPower(pair, [rate, base], design),
      target: isEnough ? { low, high: null } : null,
    })
  })
}

/** Power where it has been computed before, by other means. */
function knownRows(design: CalibrationDesign): CalibrationRow[] {
  return sizedPairs(design).flatMap((pair) =>
    KNOWN_POWER.filter(({ images }) => images === pair.images).map(({ base, rate, power }) =>
      calibrationRow({
        what: 'power.planted',
        ...about(pair, [rate, base], design),
        measured: exactPower(pair, [rate, base], design),
        target: { low: power - KNOWN_WITHIN, high: Math.min(1, power + KNOWN_WITHIN) },
      }),
    ),
  )
}

/** Whole audits in which one group lies at its detectable rate: found as often as the exact sum says, and nobody else flagged. */
function auditRows(pair: SizedPair, base: number, design: CalibrationDesign): CalibrationRow[] {
  const rate = detectableRate(pair, base, design)
  if (rate === null) return []
  const { tally, found } = plantOne(pair, [rate, base], design)
  const { audits } = tally
  const error = shareError(found, audits)
  const facts = { ...about(pair, [rate, base], design), isMain: true }
  const between = near(exactPower(pair, [rate, base], design), error)
  const wrongError = Math.sqrt((MOST_WRONG * (1 - MOST_WRONG)) / audits)
  const wrong = { ...facts, measured: tally.withWrong / audits, error: shareError(tally.withWrong, audits) }
  return [
    calibrationRow({
      what: 'power.audits',
      ...facts,
      measured: found / audits,
      error,
      // Holm's steps can only find more than the exact sum, which is for one step
      target: { ...between, ...(design.policy.adjustment === 'holm' ? { high: null } : {}) },
    }),
    calibrationRow({
      what: 'power.others',
      ...wrong,
      target: { low: null, high: MOST_WRONG + ERRORS_ALLOWED * wrongError },
    }),
  ]
}

/** The smallest group exactly on its upper margin, in whole audits: flagged no more often than promised. */
function onMarginRows(pair: SizedPair, design: CalibrationDesign): CalibrationRow[] {
  const base = 0.05
  const { rate } = margins({ referenceRate: base, margin: design.policy.margin }).upper
  if (rate >= 1) return [] // a margin so wide that no rate lies beyond it
  const { tally, found } = plantOne(pair, [rate, base], design)
  const nominal = design.policy.alpha / (2 * comparisonsOf(design))
  const error = Math.sqrt((nominal * (1 - nominal)) / tally.audits)
  return [
    calibrationRow({
      what: 'margin.audits',
      ...about(pair, [rate, base], design),
      isMain: true,
      nominal,
      measured: found / tally.audits,
      error,
      target: { low: null, high: MOST_TIMES * nominal + ERRORS_ALLOWED * error },
    }),
  ]
}

type Rates = readonly [rate: number, base: number]

function plantOne(
  pair: SizedPair,
  [rate, base]: Rates,
  design: CalibrationDesign,
): { tally: WorldTally; found: number } {
  const { groups, policy, audits, seed } = design
  const world = groups.map((group) => ({ ...group, rate: group.name === pair.name ? rate : base }))
  const random = createRandom(seed, `calibrate/planted/images=${pair.images}&rate=${rate}&base=${base}`)
  const tally = simulateWorld(world, { policy, audits, random })
  return { tally, found: tally.groups.get(pair.name ?? '')?.higher ?? 0 }
}

function about({ name, images, rest }: SizedPair, rates: Rates, design: CalibrationDesign) {
  return { group: name, images: [images, rest], rates, comparisons: comparisonsOf(design) }
}

function detectableRate({ images, rest }: SizedPair, base: number, design: CalibrationDesign): number | null {
  const { alpha, margin } = design.policy
  const level = alpha / comparisonsOf(design)
  return smallestDetectableRate({ groupTotal: images, referenceTotal: rest, referenceRate: base, alpha: level, margin })
}

function exactPower({ images, rest }: SizedPair, [rate, base]: Rates, design: CalibrationDesign): number {
  const { alpha, margin, minimumImages: minimum } = design.policy
  const rule = { referenceKind: 'rest', alpha, m: comparisonsOf(design), minimum, margin } as const
  const verdictAt: VerdictQuestion['verdictAt'] = (inGroup, inReference) =>
    decideVerdict({ group: { count: inGroup, total: images }, reference: { count: inReference, total: rest } }, rule)
  const question = { verdictAt, group: { total: images, rate }, reference: { total: rest, rate: base } }
  return chanceOfDisparity(question, 'higher')
}
