import type { Dtype } from './dtype.js'

/** Why `--dtype auto` took what it took. */
export const DTYPE_REASONS = [
  'few-moved',
  'too-many-moved',
  /** None of the others could be used. */
  'all-refused',
  /** So few that an interval could not end low enough with none of them moved. */
  'too-few-images',
  'none-faster',
  'only-one',
  'no-fp32',
] as const
export type DtypeReason = (typeof DTYPE_REASONS)[number]

/** Of the images that fp32 decides, those that another precision decides otherwise under one label set, or not at all. */
export type MovedDecisions = {
  readonly labelSet: string
  readonly moved: number
  /** Of these, how many are in another outcome category, or in none. */
  readonly toAnotherOutcome: number
  /** Share 0 to 1 of decisions that are moved: Wilson interval at `alpha`. */
  readonly interval: readonly [low: number, high: number]
}

/** What a precision made of the decisions of the sample, or the code by which it was refused. */
export type DtypeTrial =
  | { readonly dtype: Dtype; readonly kind: 'compared'; readonly labelSets: readonly MovedDecisions[] }
  | { readonly dtype: Dtype; readonly kind: 'refused'; readonly code: string }

/** What `--dtype auto` took for one model, and what that rests on. */
export type DtypeChoice = {
  readonly taken: Dtype
  readonly reason: DtypeReason
  /** Precisions that the folder has both encoders in. */
  readonly there: readonly Dtype[]
  /** Images of the sample that fp32 decides; null where nothing was compared. */
  readonly images: number | null
  /** Share 0 to 1 that no interval may go beyond. */
  readonly mostMoved: number
  /** Error rate of the intervals: 0.05 for 95%. */
  readonly alpha: number
  /** In the order in which they were tried; where one of them is taken, it is the last. */
  readonly trials: readonly DtypeTrial[]
}
