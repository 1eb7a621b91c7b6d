import type { Adjustment, Margin } from './definitions.js'

/** What a row of the calibration measures; every locale has a sentence for each. */
export type CalibrationWhat =
  | 'coverage.wilson'
  | 'coverage.clopper-pearson'
  | 'coverage.newcombe'
  | 'coverage.score-difference'
  | 'coverage.score-ratio'
  | 'coverage.envelope-difference'
  | 'coverage.envelope-ratio'
  | 'coverage.katz'
  | 'coverage.wald'
  | 'simulated.rate'
  | 'simulated.difference'
  | 'simulated.ratio'
  | 'margin.disparity.higher'
  | 'margin.disparity.lower'
  | 'margin.within.higher'
  | 'margin.within.lower'
  | 'margin.audits'
  | 'parity.rule'
  | 'parity.unadjusted'
  | 'parity.no-margin'
  | 'parity.four-fifths'
  | 'permutation.small'
  | 'permutation.uniform'
  | 'power.promise'
  | 'power.planted'
  | 'power.audits'
  | 'power.others'
  | 'family.wrong'
  | 'recovery.rate'
  | 'recovery.all-rates'
  | 'recovery.higher'
  | 'recovery.lower'
  | 'coverage.tango'
  | 'coverage.newcombe-paired'
  | 'size.mcnemar-exact'
  | 'size.mcnemar-mid'
  | 'paired.change.higher'
  | 'paired.change.lower'
  | 'paired.within.higher'
  | 'paired.within.lower'
  | 'paired.difference.higher'
  | 'paired.difference.lower'

/** A remark on how a row is to be read. */
export type CalibrationNote =
  /** At least 10 images expected inside and outside the outcome, on both sides. */
  | 'enough-expected'
  /** Fewer than that: intervals are not promised to cover 93 to 97 % here. */
  | 'few-expected'
  /** A common habit, shown as a warning; Probity does not use it. */
  | 'warning'
  /** The truth makes this verdict right. */
  | 'right'
  /** The truth makes this verdict wrong. */
  | 'wrong'

/** One figure with what it should be. */
export type CalibrationRow = {
  readonly what: CalibrationWhat
  /** One of the rows to read first. */
  readonly isMain: boolean
  readonly note: CalibrationNote | null
  /** Name of the group that the row is about, or null where it is about all or none in particular. */
  readonly group: string | null
  /** Images of the group, or of group and reference, or of every group. */
  readonly images: readonly number[]
  /** True rates (share 0 to 1), of group and reference where there are two; for pairs of runs: of gained and lost,
   *  of the group and then of the reference where there are two. */
  readonly rates: readonly number[]
  /** m, where the figure depends on it. */
  readonly comparisons: number | null
  /** The share that is promised: 0.95 of intervals hold the truth, alpha / 2m of comparisons err; null where nothing is promised. */
  readonly nominal: number | null
  readonly measured: number
  /** `share`: 0 to 1. `times`: times what is promised. `distance`: largest gap between two distributions, 0 to 1. */
  readonly unit: 'share' | 'times' | 'distance'
  /** Standard error of the simulation; 0 where every possibility was added up. */
  readonly error: number
  /** null where the row is there to be read. */
  readonly target: { readonly low: number | null; readonly high: number | null } | null
  /** null exactly where the target is. */
  readonly met: boolean | null
}

export type CalibrationSectionId = 'intervals' | 'margin' | 'parity' | 'power' | 'recovery' | 'paired'

export type CalibrationSection = {
  readonly id: CalibrationSectionId
  readonly rows: readonly CalibrationRow[]
  /** How many of its rows meet their target. */
  readonly met: number
  /** How many of its rows have one. */
  readonly withTarget: number
}

export type Calibration = {
  readonly schema: 'probity/calibration@1'
  readonly tool: { readonly name: 'probity'; readonly version: string }
  readonly seed: number
  /** Simulated audits per world. */
  readonly audits: number
  readonly groups: {
    /** Where the sizes come from. */
    readonly source: 'fairface-val' | 'audit'
    /** Id of the audit, or null. */
    readonly auditId: string | null
    readonly groupBy: readonly string[]
    readonly sizes: readonly { readonly name: string; readonly images: number }[]
  }
  readonly rule: {
    readonly policy: string
    readonly alpha: number
    readonly minimumImages: number
    readonly margin: Margin
    readonly adjustment: Adjustment
    /** Comparisons of one outcome over these groups. */
    readonly m: number
  }
  readonly sections: readonly CalibrationSection[]
  readonly met: number
  readonly withTarget: number
}
