import type { PairableValues } from './pairable-values.js'

/** Krippendorff's alpha for nominal categories: how far people agree beyond what their own mix of categories would give. 1 is full agreement,
 *  0 what chance gives, below 0 less than that. People may have judged different things, and different numbers of them.
 *  alpha = 1 - (n - 1) (n - agreeing) / (n^2 - sum of n_c^2), with n values that can be paired, n_c of them in category c.
 *  Throws RangeError where no value can be paired, and where all are of one category: nothing there says what chance would give.
 *  Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.
 *  @example krippendorffAlpha({ total: 20, ofCategory: [14, 6], agreeing: 12 })  // 0.095 */
export function krippendorffAlpha({ total, ofCategory, agreeing }: PairableValues): number {
  const used = ofCategory.filter((count) => count > 0).length
  if (used < 2) throw new RangeError(`krippendorffAlpha needs at least two categories in use but received ${used}`)
  const expected = total * total - ofCategory.reduce((sum, count) => sum + count * count, 0)
  return 1 - ((total - 1) * (total - agreeing)) / expected
}
