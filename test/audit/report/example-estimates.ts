import type { Contrast, RateRecord } from '../../../src/audit/types/derived.js'
import type {
  Estimate,
  EstimateOf,
  FunnelEstimate,
  ShrunkenEstimate,
  SpreadEstimate,
  StandardisedEstimate,
} from '../../../src/audit/types/estimates.js'
import type { Facts, Family } from '../../../src/audit/types/facts.js'
import { LABEL_SETS } from './example-facts.js'
import { tidy, wilson } from './example-judge.js'
import { UNKNOWN_RACE } from './example-people.js'

type Made = { readonly rates: readonly RateRecord[]; readonly contrasts: readonly Contrast[] }

/** Estimates of the made-up audit: stand-in formulae, in the shapes and sizes of real ones. */
export function exampleEstimates(facts: Facts, made: Made): Estimate[] {
  const places = facts.probes.flatMap(({ id, families }) =>
    families.flatMap((family) => family.outcomes.map((outcome) => placeOf(id, family, outcome))),
  )
  return [
    ...places.map((of) => spreadOf(of, ratesAt(of, made))),
    ...places.filter(({ groupBy }) => groupBy.length > 1).map((of) => shrunkenOf(of, ratesAt(of, made))),
    ...places.filter(({ groupBy }) => groupBy.length > 1).map((of) => funnelOf(of, ratesAt(of, made))),
    ...facts.probes
      .flatMap(({ standardise }) => standardise)
      .flatMap(({ groupBy, over }) =>
        made.contrasts
          .filter((c) => c.labelSet !== null && JSON.stringify(c.groupBy) === JSON.stringify(groupBy))
          .map((contrast) => standardisedOf(contrast, over, made)),
      ),
  ]
}

function placeOf(probe: string, { id, evidence, labelSet, groupBy }: Family, outcome: string): EstimateOf {
  return { family: id, probe, evidence, labelSet, outcome, groupBy }
}

function ratesAt({ probe, labelSet, outcome, groupBy }: EstimateOf, { rates }: Made): RateRecord[] {
  return rates.filter(
    (rate) =>
      rate.group?.every(([, value]) => value !== UNKNOWN_RACE) === true &&
      rate.total > 0 &&
      rate.probe === probe &&
      rate.labelSet === labelSet &&
      rate.outcome === outcome &&
      JSON.stringify(rate.groupBy) === JSON.stringify(groupBy),
  )
}

/** Limits at a few numbers of images: two standard errors, rounded. */
function funnelOf(of: EstimateOf, rates: readonly RateRecord[]): FunnelEstimate {
  const count = rates.reduce((sum, rate) => sum + rate.count, 0)
  const total = rates.reduce((sum, rate) => sum + rate.total, 0)
  const value = tidy(count / total)
  const sizes = [4, 10, 30, 60, 120, 400]
  const reach = (images: number): number => 2 * Math.sqrt((value * (1 - value)) / images)
  return {
    ...of,
    kind: 'funnel',
    count,
    total,
    value,
    groups: rates.length,
    outside: 3,
    limits: sizes.map((n) => [n, tidy(Math.max(0, value - reach(n))), tidy(Math.min(1, value + reach(n)))]),
  }
}

function spreadOf(of: EstimateOf, all: readonly RateRecord[]): SpreadEstimate {
  const rates = all.filter(({ total }) => total >= 30).sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const [highest, lowest] = [rates[0], rates.at(-1)]
  const named = { ...of, kind: 'spread' as const, groups: rates.length, draws: 9999 }
  if (highest === undefined || lowest === undefined || rates.length < 2) {
    return {
      ...named,
      highest: null,
      lowest: null,
      reason: 'single-group',
      measures: [],
      equalRates: { statistic: null, degreesOfFreedom: null, p: null, method: 'chi-squared', reason: 'single-group' },
    }
  }
  const [max, min] = [highest.value ?? 0, lowest.value ?? 0]
  const mean = rates.reduce((sum, { value }) => sum + (value ?? 0), 0) / rates.length
  const smallest = Math.min(...rates.map(({ total }) => total))
  const noise = Math.sqrt((2 * mean * (1 - mean)) / smallest)
  const figure = (value: number, centre: number): SpreadEstimate['measures'][number] => ({
    measure: 'gap',
    value: tidy(value),
    parity: { centre: tidy(centre), percentile95: tidy(centre * 1.5), p: value > centre * 1.5 ? 0.0001 : 0.31 },
  })
  const undefinedRatio =
    max === 0
      ? ({ value: null, reason: 'both-rates-zero', parity: null, parityReason: 'both-rates-zero' } as const)
      : ({ value: null, reason: 'zero-reference-rate', parity: null, parityReason: 'zero-reference-rate' } as const)
  const ratio = min === 0 ? undefinedRatio : figure(max / min, 1 + noise / mean)
  return {
    ...named,
    highest: highest.group,
    lowest: lowest.group,
    measures: [
      figure(max - min, noise),
      { ...ratio, measure: 'max-min-ratio' },
      {
        ...(max === 0 ? undefinedRatio : figure(1 + (max - mean) / mean, 1 + noise / mean / 2)),
        measure: 'max-geometric-mean',
        ...(min === 0 && max > 0 ? { smoothed: true as const } : {}),
      },
      { ...(max === 0 ? undefinedRatio : figure((max - min) / (4 * mean), noise / (4 * mean))), measure: 'gini' },
      { ...figure((max - min) / 3, noise / 6), measure: 'between-group-sd' },
    ],
    equalRates:
      max === 0
        ? { statistic: null, degreesOfFreedom: null, p: null, method: 'chi-squared', reason: 'no-variation' }
        : {
            statistic: tidy((max - min) * 4000),
            degreesOfFreedom: rates.length - 1,
            p: max - min > noise ? 1e-9 : 0.42,
            method: min === 0 ? 'permutation' : 'chi-squared',
          },
  }
}

/** Under the second label set the groups of one outcome do not differ by more than chance. */
function shrunkenOf(of: EstimateOf, rates: readonly RateRecord[]): ShrunkenEstimate {
  const [count, total] = rates.reduce(([k, n], rate) => [k + rate.count, n + rate.total], [0, 0])
  const mean = tidy(count / total)
  const complete = of.labelSet === LABEL_SETS[1] && of.outcome === 'non-human'
  const strength = complete ? 1_000_000 : 13.04
  return {
    ...of,
    kind: 'shrunken',
    mean,
    strength,
    complete,
    rates: rates.map(({ id, count: k, total: n }) => {
      const [inOutcome, images] = [k + mean * strength, n + strength]
      return { rate: id, value: tidy(inOutcome / images), interval: wilson(inOutcome, images) ?? [0, 1] }
    }),
  }
}

function standardisedOf(contrast: Contrast, over: readonly string[], { rates }: Made): StandardisedEstimate {
  const { family, probe, evidence, labelSet, outcome, groupBy, sides, difference } = contrast
  const [group, reference] = sides.map(({ rate }) => rates.find(({ id }) => id === rate))
  const named = {
    ...{ family, probe, evidence, labelSet, outcome, groupBy },
    kind: 'standardised' as const,
    over,
    group: sides[0].group,
    reference: sides[1].group,
  }
  const [low, high] = difference.interval ?? [0, 0]
  const value = difference.value ?? 0
  const around = (centre: number): { value: number; interval: readonly [number, number] } => ({
    value: tidy(centre),
    interval: [tidy(centre + low - value), tidy(centre + (high ?? 0) - value)],
  })
  const side = (rate: RateRecord | undefined, by: number): { value: number; interval: readonly [number, number] } => ({
    value: tidy(Math.max(0, (rate?.value ?? 0) - by)),
    interval: rate?.interval ?? [0, 1],
  })
  return {
    ...named,
    strata: 58,
    strataLeftOut: group?.count === 0 ? 0 : 5,
    imagesLeftOut: group?.count === 0 ? 0 : 41,
    rates: [side(group, value / 10), side(reference, 0)],
    difference: around(value * 0.9),
    common: around(value * 0.92),
    sameInAllStrata: group?.count === 0 ? { p: null, reason: 'no-variation' } : { p: 0.013 },
  }
}
