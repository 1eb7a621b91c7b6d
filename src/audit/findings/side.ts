import type { Proportion } from '../statistics/proportion.js'

/** One side of a contrast: images inside the outcome, of all images decided. */
export type Side = Proportion & {
  /** Absent where images are taken as independent. */
  readonly subjects?: Subjects
}

/** How many distinct subjects the images of a side show, and how many times that multiplies the variance (at least 1). */
export type Subjects = { readonly count: number; readonly designEffect: number }

/** Two sides of a contrast. Where the reference is `overall`, `reference` still counts the rest: everyone but the group. */
export type Sides = { readonly group: Side; readonly reference: Side }

/** Counts as if each image showed another subject: both divided by the design effect, so that the rate stays and the interval
 *  widens. Whole only where images are independent. Source: Rao & Scott 1992. */
export function effectiveCounts({ count, total, subjects }: Side): Proportion {
  const designEffect = subjects?.designEffect ?? 1
  return { count: count / designEffect, total: total / designEffect }
}

/** Both sides in effective counts. */
export function effectiveSides({ group, reference }: Sides): { group: Proportion; reference: Proportion } {
  return { group: effectiveCounts(group), reference: effectiveCounts(reference) }
}

/** What the minimum of a verdict counts: subjects where the dataset names them, else images. A thousand images of three
 *  people say little about a group. */
export function independentUnits({ total, subjects }: Side): number {
  return subjects?.count ?? total
}

/** The same side with some images moved into (or, if negative, out of) the outcome. */
export function withMoved(side: Side, images: number): Side {
  return { ...side, count: side.count + images }
}
