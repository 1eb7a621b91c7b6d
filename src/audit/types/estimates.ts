import type { Group } from './groups.js'
import type { ReasonCode } from './verdict.js'

/** Numbers that are no contrast of a group with its reference: they describe, and no verdict rests on them. */
export type Estimate = SpreadEstimate | ShrunkenEstimate | FunnelEstimate | StandardisedEstimate

/** Which comparisons an estimate is about: one outcome of one family. */
export type EstimateOf = {
  readonly family: string
  readonly probe: string
  /** null, with the label set, for failure-to-process, which needs no model. */
  readonly evidence: string | null
  readonly labelSet: string | null
  readonly outcome: string
  readonly groupBy: readonly string[]
}

export type SpreadMeasure = 'gap' | 'max-min-ratio' | 'max-geometric-mean' | 'gini' | 'between-group-sd'

/** How far the rates of the groups with enough images lie apart, beside what chance alone gives when all rates are equal. */
export type SpreadEstimate = EstimateOf & {
  readonly kind: 'spread'
  /** Groups with the minimum of images. */
  readonly groups: number
  readonly highest: Group | null
  readonly lowest: Group | null
  readonly reason?: ReasonCode
  readonly measures: readonly {
    readonly measure: SpreadMeasure
    readonly value: number | null
    readonly reason?: ReasonCode
    /** Every rate was (k + 1/2) / (n + 1), because one of them was 0. */
    readonly smoothed?: true
    /** Mean (for the ratio: median) and 95th percentile at equal rates; p is the share of draws at least as large. */
    readonly parity: {
      readonly centre: number | null
      readonly percentile95: number | null
      readonly unbounded?: true
      readonly p: number
    } | null
    readonly parityReason?: ReasonCode
  }[]
  /** Pearson's chi-squared of equal rates; by redistribution where expected counts are too small for the chi-squared curve. */
  readonly equalRates: {
    readonly statistic: number | null
    readonly degreesOfFreedom: number | null
    readonly p: number | null
    readonly method: 'chi-squared' | 'permutation'
    readonly reason?: ReasonCode
  }
  /** Redistributions of the counted images over the groups. */
  readonly draws: number
}

/** Steadier rates of small intersections, drawn towards the mean of all of them (empirical Bayes). For display only. */
export type ShrunkenEstimate = EstimateOf & {
  readonly kind: 'shrunken'
  readonly mean: number | null
  /** Images that the common mean counts for. */
  readonly strength: number | null
  /** The groups do not differ by more than chance: every rate became the mean. */
  readonly complete: boolean | null
  readonly reason?: ReasonCode
  readonly rates: readonly {
    readonly rate: string
    readonly value: number
    /** Conditional on mean and strength: it leaves out that both are estimated. */
    readonly interval: readonly [low: number, high: number]
  }[]
}

/** Where the rates of the groups of an intersection would lie if chance alone set them apart: limits around the rate of all of them,
 *  narrower the more images a group has. For reading only. */
export type FunnelEstimate = EstimateOf & {
  readonly kind: 'funnel'
  /** The images of all groups together: how many were put there, and the share. */
  readonly count: number
  readonly total: number
  readonly value: number | null
  readonly reason?: ReasonCode
  /** Groups with images, and those of them whose rate lies outside the limits at their own number of images. */
  readonly groups: number
  readonly outside: number
  /** By number of images, from the smallest group to the largest. */
  readonly limits: readonly (readonly [images: number, low: number, high: number])[]
}

/** A difference of rates with everyone weighted to the same mix of other attributes. */
export type StandardisedEstimate = EstimateOf & {
  readonly kind: 'standardised'
  readonly over: readonly string[]
  readonly group: Group
  /** One group, or null for everyone else. */
  readonly reference: Group | null
  /** Combinations of `over` with images on both sides; the others are left out, on both sides. */
  readonly strata: number
  readonly strataLeftOut: number
  readonly imagesLeftOut: number
  readonly rates: readonly [group: StandardisedValue, reference: StandardisedValue] | null
  readonly difference: StandardisedValue | null
  /** Difference common to the strata (Mantel-Haenszel weights, variance of Sato 1989), and whether it is the same in all (Breslow-Day, Tarone). */
  readonly common: StandardisedValue | null
  readonly commonReason?: ReasonCode
  readonly sameInAllStrata: { readonly p: number | null; readonly reason?: ReasonCode } | null
  readonly reason?: ReasonCode
}

export type StandardisedValue = {
  readonly value: number
  readonly interval: readonly [low: number, high: number] | null
  readonly intervalReason?: ReasonCode
}
