import { chanceOfChange } from '../../../src/audit/calibration/chance-of-change.js'
import { chanceOfDisparity, chanceOfWithin } from '../../../src/audit/calibration/chance-of-verdict.js'
import { coverageOfEveryPair, coverageOfPair } from '../../../src/audit/calibration/coverage-of-pair.js'
import { coverageOfRate } from '../../../src/audit/calibration/coverage-of-rate.js'
import { decideByMargin, decideChange } from '../../../src/audit/findings/decide-change.js'
import { adjustedIntervals, chanceAtMargin, decideVerdict } from '../../../src/audit/findings/decide-verdict.js'
import { judgeChange } from '../../../src/audit/findings/judge-change.js'
import { judgeDifferenceInDifferences } from '../../../src/audit/findings/judge-difference-in-differences.js'
import { labelErrors } from '../../../src/audit/findings/label-errors.js'
import { benjaminiHochberg } from '../../../src/audit/statistics/benjamini-hochberg.js'
import { betaBinomialShrinkage } from '../../../src/audit/statistics/beta-binomial-shrinkage.js'
import { binomialTable } from '../../../src/audit/statistics/binomial-table.js'
import { binomialTail } from '../../../src/audit/statistics/binomial-tail.js'
import { bonferroni } from '../../../src/audit/statistics/bonferroni.js'
import { bootstrapAcceleration } from '../../../src/audit/statistics/bootstrap-acceleration.js'
import { breslowDay } from '../../../src/audit/statistics/breslow-day.js'
import { chiSquaredUpperTail } from '../../../src/audit/statistics/chi-squared-upper-tail.js'
import { clopperPearsonInterval } from '../../../src/audit/statistics/clopper-pearson-interval.js'
import { cochranMantelHaenszel } from '../../../src/audit/statistics/cochran-mantel-haenszel.js'
import { cochranQ } from '../../../src/audit/statistics/cochran-q.js'
import { designEffect } from '../../../src/audit/statistics/design-effect.js'
import { differenceInDifferencesTest } from '../../../src/audit/statistics/difference-in-differences-test.js'
import { doubleCorrectedVariance } from '../../../src/audit/statistics/double-corrected-variance.js'
import { effectSize } from '../../../src/audit/statistics/effect-size.js'
import { envelopeIntervalDifference } from '../../../src/audit/statistics/envelope-interval-difference.js'
import { envelopeIntervalRatio } from '../../../src/audit/statistics/envelope-interval-ratio.js'
import { expectedCalibrationError } from '../../../src/audit/statistics/expected-calibration-error.js'
import { fisherExact } from '../../../src/audit/statistics/fisher-exact.js'
import { funnelLimits } from '../../../src/audit/statistics/funnel-limits.js'
import { gini } from '../../../src/audit/statistics/gini.js'
import { highestToGeometricMean } from '../../../src/audit/statistics/highest-to-geometric-mean.js'
import { holm } from '../../../src/audit/statistics/holm.js'
import { homogeneityTest } from '../../../src/audit/statistics/homogeneity-test.js'
import { imagesNeeded } from '../../../src/audit/statistics/images-needed.js'
import { katzRatioInterval } from '../../../src/audit/statistics/katz-ratio-interval.js'
import { keyness } from '../../../src/audit/statistics/keyness.js'
import { kendallW } from '../../../src/audit/statistics/kendall-w.js'
import { krippendorffAlpha } from '../../../src/audit/statistics/krippendorff-alpha.js'
import { pairableValues } from '../../../src/audit/statistics/pairable-values.js'
import { mantelHaenszelOddsRatio } from '../../../src/audit/statistics/mantel-haenszel-odds-ratio.js'
import { mantelHaenszelRiskDifference } from '../../../src/audit/statistics/mantel-haenszel-risk-difference.js'
import { marginHypotheses } from '../../../src/audit/statistics/margin-hypotheses.js'
import { marginTest } from '../../../src/audit/statistics/margin-test.js'
import { margins } from '../../../src/audit/statistics/margins.js'
import { mcnemarTest } from '../../../src/audit/statistics/mcnemar-test.js'
import { meanPairwiseCosine } from '../../../src/audit/statistics/mean-pairwise-cosine.js'
import { moverDifference } from '../../../src/audit/statistics/mover-difference.js'
import { multinomialLogisticRegression } from '../../../src/audit/statistics/multinomial-logistic-regression.js'
import { newcombeInterval } from '../../../src/audit/statistics/newcombe-interval.js'
import { newcombePairedInterval } from '../../../src/audit/statistics/newcombe-paired-interval.js'
import { normalQuantile } from '../../../src/audit/statistics/normal-quantile.js'
import { oddsRatio } from '../../../src/audit/statistics/odds-ratio.js'
import { pairedChange, type PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { parityNull } from '../../../src/audit/statistics/parity-null.js'
import { partitionTest } from '../../../src/audit/statistics/partition-test.js'
import { percentileInterval } from '../../../src/audit/statistics/percentile-interval.js'
import { permutationPValue } from '../../../src/audit/statistics/permutation-p-value.js'
import { pooledZ } from '../../../src/audit/statistics/pooled-z.js'
import type { Interval, Proportion } from '../../../src/audit/statistics/proportion.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { rangesByFactor } from '../../../src/audit/statistics/ranges-by-factor.js'
import { rateGap } from '../../../src/audit/statistics/rate-gap.js'
import { highestToLowestRatio } from '../../../src/audit/statistics/highest-to-lowest-ratio.js'
import { scoreIntervalDifference } from '../../../src/audit/statistics/score-interval-difference.js'
import { scoreIntervalRatio } from '../../../src/audit/statistics/score-interval-ratio.js'
import { scoreStatisticDifference } from '../../../src/audit/statistics/score-statistic-difference.js'
import { scoreStatisticRatio } from '../../../src/audit/statistics/score-statistic-ratio.js'
import { smallestDetectableRate } from '../../../src/audit/statistics/smallest-detectable-rate.js'
import { standardisedRate } from '../../../src/audit/statistics/standardised-rate.js'
import { stratifiedBootstrap } from '../../../src/audit/statistics/stratified-bootstrap.js'
import { stuartMaxwell } from '../../../src/audit/statistics/stuart-maxwell.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import { totalVariationNull } from '../../../src/audit/statistics/total-variation-null.js'
import { totalVariation } from '../../../src/audit/statistics/total-variation.js'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'
import { varianceShares } from '../../../src/audit/statistics/variance-shares.js'

const MARGIN = { difference: 0.01, ratio: 1.25 }
const of = (count: number, total: number): Proportion => ({ count, total })
const pairs = (both: number, onlyFirst: number, onlySecond: number, neither: number): PairedCounts => ({
  both,
  onlyFirst,
  onlySecond,
  neither,
})
const verdictRule = (m: number) => ({ referenceKind: 'rest', alpha: 0.05, m, minimum: 30, margin: MARGIN }) as const
const changeRule = (m: number) => ({ alpha: 0.05, m, minimum: 30, margin: 0.01 })

/** A number as the page prints it: to some decimals, with a true minus sign. */
function show(value: number | null, decimals: number): string {
  return (value ?? NaN).toFixed(decimals).replace('-', '−')
}
const range = ({ low, high }: Interval, decimals: number): string => `${show(low, decimals)} to ${show(high, decimals)}`
const percent = (share: number, decimals: number): string => `${show(100 * share, decimals)}%`
const percents = ({ low, high }: Interval, decimals: number): string =>
  range({ low: 100 * low, high: 100 * high }, decimals)
/** With as few decimals as it needs, up to five. */
const short = (value: number | null): string => String(Number((value ?? NaN).toFixed(5)))
const listed = (values: readonly (number | null)[]): string =>
  `${values.slice(0, -1).map(short).join(', ')} and ${short(values[values.length - 1])}`

/** Every example of docs/statistics.md, with its numbers computed. */
export function pageExamples(): string[] {
  return [
    ...ofFits(),
    ...ofRates(),
    ...ofPairs(),
    ...ofTests(),
    ...ofStrata(),
    ...ofFamilies(),
    ...ofSubjectsAndLabels(),
    ...ofPower(),
    ...ofSpread(),
    ...ofPairedImages(),
    ...ofSpecifications(),
    ...ofPeople(),
    ...ofProbabilities(),
    ...ofVectors(),
    ...ofRandom(),
    ...ofCalibration(),
  ]
}

function ofProbabilities(): string[] {
  const bins = [0.9, 0.8, 0.7, 0.55].map((probability) => ({
    images: 1,
    right: probability === 0.7 ? 0 : 1,
    probability,
  }))
  return [
    `probabilities 0.9, 0.8, 0.7 and 0.55, of which the third is wrong, have an expected calibration error of ${short(expectedCalibrationError(bins))}.`,
  ]
}

function ofVectors(): string[] {
  const [x, y] = [[0.1, 0.06], [-0.02, 0.02]] // prettier-ignore
  const { p } = partitionTest(x, y, { draws: 9, random: createRandom(42) })
  const cosine = (squaredLength: number, weight: number, squaredWeight: number): string =>
    short(meanPairwiseCosine({ squaredLength, weight, squaredWeight }))
  return [
    `s of 0.10 and 0.06 against −0.02 and 0.02 gives d = ${show(effectSize(x, y), 9)}, ${show(effectSize(x, y, 'population'), 9)} with their number as divisor, ` +
      `and p = ${show(p, 9)}, one of six partitions.`,
    `two vectors at a right angle have ${cosine(2, 2, 2)}, and with a second copy of one of them ${cosine(5, 3, 5)}.`,
  ]
}

function ofPeople(): string[] {
  const alpha = (patterns: Parameters<typeof pairableValues>[0]): string =>
    show(krippendorffAlpha(pairableValues(patterns)), 3)
  const four = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0], [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0], [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]] // prettier-ignore
  const two = [{ counts: [2, 0], units: 5 }, { counts: [1, 1], units: 4 }, { counts: [0, 2], units: 1 }] // prettier-ignore
  return [
    `Krippendorff's four people and twelve units with gaps give ${alpha(four.map((counts) => ({ counts, units: 1 })))}, his two people and ten units ${alpha(two)}.`,
  ]
}

function ofFits(): string[] {
  const labelled = { vectors: Float32Array.of(1, -1), dim: 1, classOf: Int32Array.of(0, 1), classes: 2 }
  const { weights, loss } = multinomialLogisticRegression(labelled, { inverseRegularisation: 1 })
  return [
    `the vectors 1 and -1, one of each of two classes, with C = 1: weights ${show(weights[0], 3)} and ${show(weights[1], 3)}, loss ${show(loss, 3)}.`,
  ]
}

function ofRates(): string[] {
  const { low, high } = wilsonInterval(of(38, 750))
  return [
    `z(0.025) = ${show(normalQuantile(0.025), 12)}.`,
    `"38 of 750 (${percent(38 / 750, 1)}, 95% interval ${show(100 * low, 1)}–${percent(high, 1)})".`,
    `0 of 30 gives 0 to ${percent(wilsonInterval(of(0, 30)).high, 1)}, never [0, 0].`,
    `coverage at n = 118 and a true rate of 0.1% is ${show(coverageOfRate(wilsonInterval, { total: 118, rate: 0.001 }, 0.05), 3)}.`,
    `0 of 30 gives 0 to ${percent(clopperPearsonInterval(of(0, 30)).high, 1)}.`,
    `8 of 10 against 0.5 gives ${show(binomialTail('at-least', of(8, 10), 0.5), 4)}; 460 of 500 against 0.9 gives ${show(binomialTail('at-least', of(460, 500), 0.9), 4)}.`,
  ]
}

function ofPairs(): string[] {
  const [group, reference] = [of(56, 70), of(48, 80)]
  const [few, many] = [of(2, 30), of(11, 10924)]
  const plain = [scoreIntervalDifference(few, many), scoreIntervalRatio(few, many)]
  const ratio = envelopeIntervalRatio(few, many)
  const odds = oddsRatio(group, reference)
  const half = marginHypotheses(MARGIN, 0.5)
  return [
    `56/70 against 48/80 gives ${range(newcombeInterval(group, reference), 4)}.`,
    `56/70 against 48/80 gives ${range(scoreIntervalDifference(group, reference), 4)}.`,
    `56/70 against 48/80 gives ${range(scoreIntervalRatio(group, reference), 3)}.`,
    `5/750 against 0/750 gives ${show(scoreIntervalRatio(of(5, 750), of(0, 750)).low, 3)} and above.`,
    `2/30 against 11/10,924 gives a difference of ${range(envelopeIntervalDifference(few, many), 4)} (plain low end ${show(plain[0].low, 4)}) ` +
      `and a ratio of ${show(ratio.low, 2)} to ${show(ratio.high, 1)} (plain low end ${show(plain[1].low, 1)}).`,
    `with w = 0.5 a margin of 0.01 and 1.25 against everyone is one of ${short(half.difference)}, ${show(half.ratioAbove, 3)} and ${show(half.ratioBelow, 3)} against the rest.`,
    `56/70 against 48/80 gives Katz ${range(katzRatioInterval(group, reference), 3)}, and an odds ratio of ${show(odds.value, 3)} (${range(odds.interval, 3)}) ` +
      `where the ratio is ${show(56 / 70 / (48 / 80), 3)}.`,
  ]
}

/** Chance that 30 images are wrongly found beyond the margin by the margin test alone, without a guard, in units of what is promised (m = 14). */
function falseAlarms(kind: 'plain' | 'p', referenceRate: number): number {
  const nominal = 0.05 / 28
  const verdictAt = (inGroup: number, inReference: number) => {
    const [group, reference] = [of(inGroup, 30), of(inReference, 10924)]
    const statistics = [
      scoreStatisticDifference(group, reference, MARGIN.difference),
      scoreStatisticRatio(group, reference, MARGIN.ratio),
    ]
    return statistics.every((statistic) => marginTest(statistic, 'higher')[kind] < nominal)
      ? ({ kind: 'disparity', direction: 'higher' } as const)
      : ({ kind: 'inconclusive', reason: 'interval-too-wide' } as const)
  }
  const { rate } = margins({ referenceRate, margin: MARGIN }).upper
  const sides = { group: { total: 30, rate }, reference: { total: 10924, rate: referenceRate } }
  return chanceOfDisparity({ verdictAt, ...sides }, 'higher') / nominal
}

function ofTests(): string[] {
  const [group, reference] = [of(24, 118), of(430, 10836)]
  const { z, p } = pooledZ(of(56, 70), of(48, 80))
  const three = homogeneityTest([
    [1, 49],
    [3, 47],
    [6, 44],
  ])
  const redistributed = three.expectedTooSmall ? 'so p is to come from redistribution' : ''
  const together = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.144, 0.25].map((rate) => falseAlarms('p', rate))
  const worst = together.indexOf(Math.max(...together)) === 5 ? Math.max(...together) : NaN
  return [
    `30 images against 10,924, m = 14: at 1.03% against 0.03% the plain test errs ${show(falseAlarms('plain', 0.0003), 0)} times as often as it says; ` +
      `both together err at most ${show(worst, 2)} times, at 6.25% against 5%.`,
    `24/118 against 430/10,836 at d = 0.01 gives S = ${show(scoreStatisticDifference(group, reference, 0.01).score, 3)}, ` +
      `and at R = 1.25 gives S = ${show(scoreStatisticRatio(group, reference, 1.25).score, 3)}.`,
    `9 of 10 against 3 of 10 gives ${show(fisherExact(of(9, 10), of(3, 10)).twoSided, 4)}.`,
    `56/70 against 48/80 gives z = ${show(z, 3)}, p = ${show(p, 5)}.`,
    `a label of 45 of 110 women and of 20 of 430 men has a keyness of ${show(keyness(of(45, 110), of(20, 430)).signed, 6)}, ` +
      `and of ${show(keyness(of(45, 110), of(20, 430), 'token').signed, 6)} with Yates' correction.`,
    `[1, 49; 3, 47; 6, 44] gives χ² = ${show(three.pearson.statistic, 3)}, p = ${show(three.pearson.p, 3)}, and G = ${show(three.likelihoodRatio.statistic, 3)}, ` +
      `p = ${show(three.likelihoodRatio.p, 3)}; three of six expected counts are below 5, ${redistributed}.`,
    `3 among draws of 1, 2 and 3 gives ${permutationPValue(3, [1, 2, 3])}.`,
    `χ² = 3.841458820694124 with one degree of freedom has p = ${short(chiSquaredUpperTail(3.841458820694124, 1))}.`,
  ]
}

const STRATA = [
  { group: of(10, 100), reference: of(5, 100) },
  { group: of(20, 50), reference: of(10, 50) },
]

function ofStrata(): string[] {
  const [test, corrected] = [cochranMantelHaenszel(STRATA), cochranMantelHaenszel(STRATA, { continuity: 0.5 })]
  const odds = mantelHaenszelOddsRatio(STRATA)
  const common = mantelHaenszelRiskDifference(STRATA)
  const same = breslowDay(STRATA)
  const mix = (side: 'group' | 'reference') =>
    standardisedRate(
      STRATA.map((stratum) => ({
        weight: stratum.group.total + stratum.reference.total,
        proportion: stratum[side],
      })),
    )
  const [group, reference] = [mix('group'), mix('reference')]
  const difference = moverDifference(group, reference)
  return [
    `the two strata give χ² = ${show(test.statistic, 3)}, p = ${show(test.p, 4)}; with cc = 0.5, χ² = ${show(corrected.statistic, 3)}, p = ${show(corrected.p, 4)}.`,
    `the two strata give ${show(odds.value, 3)} (${range(odds.interval, 3)}).`,
    `the two strata give ${short(common.value)}, standard error ${show(common.standardError, 4)}, interval ${range(common.interval, 4)}.`,
    `the two strata give ${show(same.statistic, 4)}, corrected ${show(same.tarone, 4)}, p = ${show(same.taroneP, 3)}; ` +
      `the smallest fitted cell is ${show(same.smallestExpected, 2)}, so an audit would simulate.`,
    `the two strata of [strata](#strata), 200 and 100 images: ${percent(group.value, 0)} (${percents(group.interval, 1)}%) against ` +
      `${percent(reference.value, 0)} (${percents(reference.interval, 1)}%), a difference of ${show(100 * difference.value, 1)} points (${percents(difference.interval, 1)}).`,
  ]
}

function ofFamilies(): string[] {
  const pValues = [0.001, 0.008, 0.039, 0.041, 0.6]
  const { lower, upper } = margins({ referenceRate: 0.1, margin: MARGIN })
  return [
    `p-values ${listed(pValues)} become ${listed(bonferroni(pValues))}.`,
    `p-values ${listed(pValues)} become ${listed(holm(pValues))}.`,
    `p-values ${listed(pValues)} become q of ${listed(benjaminiHochberg(pValues))}.`,
    `at a reference rate of 10% the margins are ${percent(lower.rate, 0)} and ${percent(upper.rate, 1)}.`,
  ]
}

function ofSubjectsAndLabels(): string[] {
  const two = designEffect({ subjects: 2, images: 4, count: 2, squaredCounts: 4, crossProducts: 4, squaredImages: 8 })
  const nobody = { count: 0, squaredCounts: 0, crossProducts: 0 }
  const fifty = designEffect({ subjects: 50, images: 1000, ...nobody, squaredImages: 50 * 20 ** 2 })
  const one = two.effectiveImages === 1 ? 'one effective image' : ''
  return [
    `2 subjects with 2 images each, one always in the outcome and one never, have D = ${two.value}: ${one}.`,
    `0 of 1,000 images of 50 people with 20 images each has D = ${fifty.value}, and the interval of 0 of ${fifty.effectiveImages}: ` +
      `0 to ${percent(wilsonInterval(of(0, fifty.effectiveImages)).high, 1)}.`,
    wrongLabels('92/1556 v 1265/9398', [of(92, 1556), of(1265, 9398)]),
    wrongLabels('767/2085 v 590/8869', [of(767, 2085), of(590, 8869)]),
    wrongLabels('500/10,000 v 505/10,000', [of(500, 10000), of(505, 10000)]),
  ]
}

function wrongLabels(name: string, [group, reference]: readonly [Proportion, Proportion]): string {
  const rule = verdictRule(7)
  const verdict = decideVerdict({ group, reference }, rule)
  const { fewest, randomShare } = labelErrors({ group, reference }, rule, verdict)
  const said = verdict.kind === 'disparity' ? `disparity, ${verdict.direction}` : verdict.kind.replace('-', ' ')
  const random = randomShare === null ? '' : `, random share ${percent(randomShare, 1)}`
  return `${name} (m = 7), ${said}: fewest ${fewest}${random}.`
}

function ofPower(): string[] {
  const detectable = (groupTotal: number, referenceTotal: number): number | null =>
    smallestDetectableRate({ groupTotal, referenceTotal, referenceRate: 0.05, alpha: 0.05 / 14, margin: MARGIN })
  const needed = imagesNeeded({
    group: of(147, 1209),
    reference: of(1210, 9745),
    alpha: 0.05 / 7,
    margin: MARGIN,
  })
  return [
    `118 images against 10,836 at 5%, m = 14, gives ${percent(detectable(118, 10836) ?? NaN, 1)}; 753 against 10,201 gives ${percent(detectable(753, 10201) ?? NaN, 2)}.`,
    `147/1209 against 1210/9745, m = 7, needs ${show(needed?.factor ?? NaN, 3)} times as many: ${needed?.images.toLocaleString('en')} images.`,
  ]
}

function ofSpread(): string[] {
  const [unequal, opposed] = [
    [of(12, 100), of(2, 50)],
    [of(9, 10), of(1, 10)],
  ]
  const five = [of(12, 100), of(3, 40), of(0, 4), of(5, 60), of(2, 8)]
  const variance = doubleCorrectedVariance(five)
  const { gap, highestToLowestRatio: ratio } = parityNull({ groups: ALIKE, draws: 9999, random: createRandom(42) })
  const { value, contributions } = totalVariation([90, 5, 5], [80, 15, 5])
  const [first, second] = [118, 10836].map((images) =>
    Array.from({ length: 22 }, (_, label) => Math.floor((images + label) / 22)),
  )
  const chance = totalVariationNull({ first, second, draws: 1, random: createRandom(42) }).expected
  const complete = betaBinomialShrinkage(five)
  const apart = betaBinomialShrinkage([of(24, 60), ...five.slice(1)])
  const mean = complete.complete && complete.groups.every((rate) => Math.abs(rate.value - complete.mean) < 1e-5)
  return [
    `12/100 and 2/50 have a gap of ${short(rateGap(unequal).value)} and a ratio of ${highestToLowestRatio(unequal)}.`,
    `9/10 and 1/10 have a Gini coefficient of ${short(gini(opposed).value)} (scaled ${short(gini(opposed).corrected)}) and a largest to geometric mean of ${short(highestToGeometricMean(opposed).value)}.`,
    `12/100, 3/40, 0/4, 5/60 and 2/8 give ${show(variance.naive, 5)} − ${show(variance.noise, 5)} = ${show(variance.corrected, 5)}, a standard deviation of ${show(variance.standardDeviation, 4)}.`,
    `14 groups of 750 images, 525 of all 10,500 in the outcome: a mean gap of ${show(100 * (gap.mean ?? NaN), 1)} points and a 95th percentile of ` +
      `${show(100 * (gap.percentile95 ?? NaN), 1)} (seed 42); the median ratio is ${show(ratio.median, 1)} and its 95th percentile ${show(ratio.percentile95, 1)}.`,
    `[90, 5, 5] against [80, 15, 5] gives ${short(value)}, of which the first two labels make ${[...new Set(contributions.slice(0, 2).map(short))].join()} each.`,
    `22 labels alike, 118 images against 10,836: chance alone gives about ${show(chance, 2)}.`,
    `12/100, 3/40, 0/4, 5/60 and 2/8 are complete: every rate becomes ${mean ? percent(complete.mean, 1) : ''}.`,
    `at a rate of 10%, 100 images give ${percents(funnelLimits(0.1, 100), 1)}%, and 400 images ${percents(funnelLimits(0.1, 400), 1)}%.`,
    `24/60, 3/40, 0/4, 5/60 and 2/8 are not: 0/4 becomes ${percent(apart.groups[2].value, 1)} (interval ${percents(apart.groups[2].interval, 1)}%), ` +
      `where its Wilson interval is 0 to ${percent(wilsonInterval(five[2]).high, 1)}.`,
  ]
}

const CHANGED = [pairs(20, 180, 0, 300), pairs(90, 12, 2, 896)] as const

function ofPairedImages(): string[] {
  const mcnemar = mcnemarTest(pairs(0, 2, 12, 0))
  const most = pairs(36, 2, 12, 0)
  const runs = ['110', '100', '111', '000', '110', '100', '010', '110']
  const q = cochranQ(runs.map((run) => ({ pattern: [...run].map((mark) => mark === '1'), images: 1 })))
  const flow = stuartMaxwell([
    [20, 10, 5],
    [3, 30, 15],
    [0, 5, 40],
  ])
  const [group, reference] = CHANGED.map((counts) => ({
    value: pairedChange(counts),
    interval: tangoInterval(counts),
  }))
  const difference = moverDifference(group, reference)
  const judged = judgeDifferenceInDifferences({
    group: { counts: CHANGED[0] },
    reference: { counts: CHANGED[1] },
    rule: changeRule(7),
  })
  const direction = judged.verdict.kind === 'change' ? judged.verdict.direction : ''
  return [
    `b = 2, c = 12 gives ${show(mcnemar.exact, 4)} exact and ${show(mcnemar.midP, 4)} mid-p.`,
    `e = 36, b = 2, c = 12, f = 0 gives ${short(pairedChange(most))} (${range(tangoInterval(most), 4)}); no change among 50 images gives ${range(tangoInterval(pairs(0, 0, 0, 50)), 4)}.`,
    `e = 36, b = 2, c = 12, f = 0 gives ${range(newcombePairedInterval(most), 4)}.`,
    `three runs over eight images, ${runs.join(' ')}, give Q = ${q.statistic}, p = ${show(q.p, 4)}.`,
    `[20, 10, 5; 3, 30, 15; 0, 5, 40] gives χ² = ${show(flow.statistic, 3)} with ${flow.degreesOfFreedom} degrees of freedom, p = ${show(flow.p, 5)}.`,
    `(e, b, c, f) = (20, 180, 0, 300) against (90, 12, 2, 896) gives ${show(difference.value, 2)} (${range(difference.interval, 4)}), ` +
      `z = ${show(differenceInDifferencesTest(...CHANGED).z, 2)}.`,
    `(20, 180, 0, 300) against (90, 12, 2, 896), m = 7: change, ${direction}, ${show(judged.change.value, 2)} (${range(judged.change.adjusted ?? { low: NaN, high: NaN }, 4)}).`,
    `1,556 images, m = 14, 1% gained and none lost: a false change comes ${show(falseChanges(0, isChangeWithoutGuard), 2)} times as often as nominal without the guard, ` +
      `${show(falseChanges(0, isChange), 2)} times with it.`,
    `one-way changes of 1.3% against 0.3%, 750 images against 10,204, m = 14: a false change comes ${show(falseDifferences(false), 2)} times as often as nominal without the guard, ` +
      `${show(falseDifferences(true), 2)} times with it.`,
  ]
}

/** Chance of a false "change, higher" of 1,556 images with the truth on the margin, in units of what is promised (m = 14). */
function falseChanges(lost: number, isFalse: (counts: PairedCounts) => boolean): number {
  return chanceOfChange({ total: 1556, gained: lost + 0.01, lost }, isFalse) / (0.05 / 28)
}

function isChange(counts: PairedCounts): boolean {
  const verdict = decideChange(counts, changeRule(14))
  return verdict.kind === 'change' && verdict.direction === 'higher'
}

function isChangeWithoutGuard(counts: PairedCounts): boolean {
  const verdict = decideByMargin(tangoInterval(counts, 0.05 / 14), 0.01)
  return verdict.kind === 'change' && verdict.direction === 'higher'
}

/** The same of a difference in differences whose changes go one way: every pair of counts that can happen is added up. */
function falseDifferences(isGuarded: boolean): number {
  const level = 0.05 / 14
  const sideOf = (total: number, rate: number) => {
    const upTo = binomialTable(total, rate)
    return Array.from(upTo, (chance, count) => ({ chance: chance - (count === 0 ? 0 : upTo[count - 1]), count }))
      .filter(({ chance }) => chance > 1e-9)
      .map(({ chance, count }) => {
        const counts = pairs(0, 0, count, total - count)
        return { chance, counts, change: { value: count / total, interval: tangoInterval(counts, level) } }
      })
  }
  const [group, reference] = [sideOf(750, 0.013), sideOf(10204, 0.003)]
  const isFalse = (one: (typeof group)[number], other: (typeof group)[number]): boolean =>
    moverDifference(one.change, other.change).interval.low > 0.01 &&
    (!isGuarded || isJudgedHigher(one.counts, other.counts))
  return (
    group
      .flatMap((one) => reference.map((other) => (isFalse(one, other) ? one.chance * other.chance : 0)))
      .reduce((sum, chance) => sum + chance, 0) /
    (level / 2)
  )
}

function isJudgedHigher(group: PairedCounts, reference: PairedCounts): boolean {
  const { verdict } = judgeDifferenceInDifferences({ group: { counts: group }, reference: { counts: reference }, rule: changeRule(14) }) // prettier-ignore
  return verdict.kind === 'change' && verdict.direction === 'higher'
}

const ALIKE = Array.from({ length: 14 }, (_, place) => of(37 + (place % 2), 750))

function gapOf(counts: ArrayLike<number>): number {
  const ascending = Array.from(counts).sort((a, b) => a - b)
  return (ascending[ascending.length - 1] - ascending[0]) / 750
}

function ofSpecifications(): string[] {
  const cells = [0, 1].flatMap((row) => [0, 1, 2].map((column) => [row, column]))
  const differences = [0.1, 0.12, 0.02, 0.14, 0.18, 0.04]
  const { factors, rest } = varianceShares(differences, cells)
  const ranges = rangesByFactor(differences.slice(0, -1), cells.slice(0, -1))
  const order = kendallW([
    [1, 2, 3],
    [1, 3, 2],
  ])
  return [
    `δ = .10, .12, .02 with one template and .14, .18, .04 with another: the template ${show(factors[0], 6)}, the columns ${show(factors[1], 6)}, the rest ${show(rest, 6)}.`,
    `the same without the last: ${listed(ranges)}.`,
    `three groups ranked 1 2 3 and 1 3 2 give ${short(order)}.`,
  ]
}

function ofRandom(): string[] {
  const [plain, named] = [createRandom(42), createRandom(42, 'bootstrap/denigration/race=Black')]
  const acceleration = bootstrapAcceleration([of(9, 10), of(3, 10)], (counts) => counts[0] - counts[1])
  const gaps = stratifiedBootstrap(ALIKE, gapOf, { random: createRandom(42) })
  return [
    `14 groups of 750 images, 37 in the outcome in half of them and 38 in the others: the gap seen is ${show(100 * rateGap(ALIKE).value, 1)} points, ` +
      `its percentile interval ${percents(percentileInterval(gaps), 1)} (seed 42).`,
    `9/10 less 3/10 has an acceleration of ${show(acceleration, 7)}.`,
    `seed 42 gives ${plain.next()}, ${plain.next()} and ${plain.next()}; with the stream \`bootstrap/denigration/race=Black\` ${named.next()} and ${named.next()}.`,
  ]
}

function ofCalibration(): string[] {
  const covers = (total: number, rate: number, interval: typeof wilsonInterval): string =>
    percent(coverageOfRate(interval, { total, rate }, 0.05), 2)
  const equal = (images: number, rest: number, rate: number) => ({
    ...{ group: { total: images, rate }, reference: { total: rest, rate }, truth: 0 },
  })
  const envelope = coverageOfPair({ ...equal(1122, 9832, 0.01), interval: envelopeIntervalDifference })
  const wald = coverageOfEveryPair({ ...equal(30, 10924, 0.001), interval: waldInterval })
  const question = (m: number, [images, rest]: readonly [number, number], [rate, base]: readonly [number, number]) => ({
    verdictAt: (inGroup: number, inReference: number) =>
      decideVerdict({ group: of(inGroup, images), reference: of(inReference, rest) }, verdictRule(m)),
    ...{ group: { total: images, rate }, reference: { total: rest, rate: base } },
  })
  const detectable = smallestDetectableRate({
    ...{ groupTotal: 396, referenceTotal: 10558, referenceRate: 0.05, alpha: 0.05 / 14, margin: MARGIN },
  })
  const seedAt = (inReference: number): number => Math.round((inReference / 9832) * 1122)
  const falseDisparity = chanceOfDisparity(question(1, [118, 118], [0.0625, 0.05]), 'higher') / 0.025
  const falseWithin = chanceOfWithin({ ...question(1, [1122, 9832], [0.2, 0.25]), seedAt }) / 0.025
  const found = chanceOfDisparity(question(14, [396, 10558], [detectable ?? NaN, 0.05]), 'higher')
  return [
    `Wilson, worst with enough images expected: 799 images at 5%, ${covers(799, 0.05, wilsonInterval)}. ` +
      `Clopper-Pearson, lowest: 799 images at 30%, ${covers(799, 0.3, clopperPearsonInterval)}.`,
    `the interval on which verdicts rest, worst with enough expected: 1,122 against 9,832 at 1%, ${percent(envelope.coverage, 2)}. ` +
      `Wald at 30 against 10,924 and 0.1%: ${percent(wald, 2)}.`,
    `a false disparity, worst: 118 against 118, m = 1, at 6.25% against 5%, ${show(falseDisparity, 2)} times as promised. ` +
      `A false *within*, worst: 1,122 against 9,832, m = 1, at 20% against 25%, ${show(falseWithin, 2)} times.`,
    `found at the detectable rate: 396 against 10,558, m = 14, at ${percent(detectable ?? NaN, 2)} against 5%, in ${percent(found, 2)} of samples.`,
    `a false change, worst: 1,556 images, m = 14, 1.3% gained and 0.3% lost, ${show(falseChanges(0.003, isChange), 2)} times as promised.`,
  ]
}

function waldInterval(group: Proportion, reference: Proportion): Interval {
  const [rate, base] = [group.count / group.total, reference.count / reference.total]
  const reach =
    normalQuantile(0.025) * Math.sqrt((rate * (1 - rate)) / group.total + (base * (1 - base)) / reference.total)
  return { low: rate - base - reach, high: rate - base + reach }
}

type VerdictCase = readonly [
  name: string,
  counts: readonly [number, number, number, number],
  m: number,
  ratioDecimals: readonly [low: number, high: number],
  verdict: string,
]
const VERDICT_CASES: readonly VerdictCase[] = [
  ['767/2085 v 590/8869', [767, 2085, 590, 8869], 7, [3, 3], 'disparity, higher'],
  ['92/1556 v 1265/9398', [92, 1556, 1265, 9398], 7, [4, 4], 'disparity, lower'],
  ['147/1209 v 1210/9745', [147, 1209, 1210, 9745], 7, [4, 4], 'inconclusive'],
  ['115/1516 v 450/9438', [115, 1516, 450, 9438], 7, [4, 4], 'inconclusive'],
  ['500/10,000 v 505/10,000', [500, 10000, 505, 10000], 7, [4, 4], 'within margin'],
  ['1/1550 v 2/9404', [1, 1550, 2, 9404], 7, [0, 1], 'within margin, by the difference'],
  ['0/1516 v 0/9438', [0, 1516, 0, 9438], 7, [0, 0], 'within margin'],
  ['2/30 v 11/10,924, m = 1', [2, 30, 11, 10924], 1, [3, 1], 'inconclusive, `few-events`'],
  ['0/8 v 500/10,946', [0, 8, 500, 10946], 7, [0, 0], 'insufficient'],
]

/** The beginnings of the rows of the table of worked verdicts, computed. */
export function verdictRows(): string[] {
  return VERDICT_CASES.map(([name, [count, total, otherCount, otherTotal], m, [low, high], expected]) => {
    const sides = { group: of(count, total), reference: of(otherCount, otherTotal) }
    const verdict = decideVerdict(sides, verdictRule(m))
    const { difference, ratio } = adjustedIntervals(sides, verdictRule(m))
    const said = verdict.kind === 'disparity' ? `disparity, ${verdict.direction}` : verdict.kind.replace('-', ' ')
    if (!expected.startsWith(said)) throw new Error(`${name} is ${said}`)
    if (verdict.kind === 'insufficient') return `| ${name} | printed | printed | ${expected}`
    const isNone = count === 0 && otherCount === 0
    const between = isNone ? 'no value, both rates zero' : `${show(ratio.low, low)} to ${show(ratio.high, high)}`
    const isGuarded = verdict.kind === 'inconclusive' && verdict.reason === 'few-events'
    const guard = isGuarded
      ? `: the guard gives ${show(chanceAtMargin('higher', sides, verdictRule(m)), 3)}, above 0.025`
      : ''
    return `| ${name} | ${range(difference, 4)} | ${between} | ${expected}${guard}`
  })
}

/** The same of the table of worked changes. */
export function changeRows(): string[] {
  const cases = [
    ['1356, 0, 417, m = 9', [1356, 0, 417], 9, 'change, lower'],
    ['10,000, 20, 25, m = 14', [10000, 20, 25], 14, 'within margin'],
    ['1556, 18, 3, m = 14', [1556, 18, 3], 14, 'inconclusive'],
    ['50, 0, 0, m = 1', [50, 0, 0], 1, 'inconclusive'],
  ] as const
  return cases.map(([name, [total, gained, lost], m, expected]) => {
    const counts = pairs(0, lost, gained, total - gained - lost)
    const { verdict, change } = judgeChange({ counts, rule: changeRule(m), oneWay: false })
    const said = verdict.kind === 'change' ? `change, ${verdict.direction}` : verdict.kind.replace('-', ' ')
    const adjusted = change.adjusted ?? { low: NaN, high: NaN }
    return `| ${name} | ${show(change.value, 4)} | ${range(adjusted, 4)} | ${said === expected ? said : 'another verdict'}`
  })
}
