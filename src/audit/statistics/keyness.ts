import { chiSquaredUpperTail } from './chi-squared-upper-tail.js'
import { fisherExact } from './fisher-exact.js'
import { requireProportion, type Proportion } from './proportion.js'

/** `image`: counts are images with and without a label, no continuity correction. `token`: counts are labels given, this one of all, with
 *  Yates' correction, after textstat_keyness of R quanteda. */
export type KeynessVariant = 'image' | 'token'

export type Keyness = {
  /** Chi-squared of the 2 x 2 table with the sign of the difference: above 0 where the target has the label more often. */
  readonly signed: number
  readonly p: number
  /** Fisher's exact test gives the p where an expected count is below 5. */
  readonly method: 'chi-squared' | 'fisher'
}

const SMALLEST_EXPECTED = 5 // the usual rule for chi-squared; below it the exact test is at hand

/** Keyness of a label for a target against a reference: how much more often the target has it than the margins of the 2 x 2 table say.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides, and where nobody or everybody has the label.
 *  Source: Schwemmer et al. 2020, who use quanteda; Yates 1934.
 *  @example keyness({ count: 45, total: 110 }, { count: 20, total: 430 }).signed  // 108.756 */
export function keyness(target: Proportion, reference: Proportion, variant: KeynessVariant = 'image'): Keyness {
  requireProportion('keyness', target)
  requireProportion('keyness', reference)
  const count = target.count + reference.count
  const total = target.total + reference.total
  if (count === 0 || count === total)
    throw new RangeError(`keyness expected some but not all to have the label but received ${count} of ${total}`)
  const smallest = (Math.min(target.total, reference.total) * Math.min(count, total - count)) / total
  const excess = target.count * reference.total - reference.count * target.total // whole numbers: exact below 2^53
  const signed = Math.sign(excess) * chiSquared(Math.abs(excess), { target, reference, variant })
  return smallest < SMALLEST_EXPECTED
    ? { signed, p: fisherExact(target, reference).twoSided, method: 'fisher' }
    : { signed, p: chiSquaredUpperTail(Math.abs(signed), 1), method: 'chi-squared' }
}

function chiSquared(
  excess: number,
  { target, reference, variant }: { target: Proportion; reference: Proportion; variant: KeynessVariant },
): number {
  const count = target.count + reference.count
  const total = target.total + reference.total
  const corrected = variant === 'token' ? Math.max(0, excess - total / 2) : excess
  // one quotient at a time: the product of four margins of millions would pass 2^53
  return ((corrected / target.total) * (corrected / reference.total) * total) / count / (total - count)
}
