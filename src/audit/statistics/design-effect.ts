import { requireProportion } from './proportion.js'

/** How many times the variance of a rate is that of as many independent images, when several images show the same subject.
 *  Of m images of a subject y are counted: `count` and `images` are the sums of y and m over the subjects, `squaredCounts` of y * y,
 *  `crossProducts` of y * m, `squaredImages` of m * m. `value` is at least 1; `effectiveImages` is images / value: as many
 *  independent images would tell as much.
 *  With one subject, or where nobody or everybody is counted, the data say of the agreement within a subject only that it was
 *  perfect. The value is then the cautious one, as if the images of a subject always agree: `squaredImages` / `images`.
 *  Exactly 1 if each subject has one image; else an estimate, noisy with few subjects.
 *  Throws RangeError unless 0 <= count <= images and 1 <= subjects <= images, all whole.
 *  Source: Kish 1965 (design effect); Rao & Scott 1992 (the variance, and counts divided by it).
 *  @example designEffect({ subjects: 2, images: 4, count: 2, squaredCounts: 4, crossProducts: 4, squaredImages: 8 }).value  // 4 */
export function designEffect(of: {
  readonly subjects: number
  readonly images: number
  readonly count: number
  readonly squaredCounts: number
  readonly crossProducts: number
  readonly squaredImages: number
}): { readonly value: number; readonly effectiveImages: number } {
  const { subjects, images, count, squaredCounts, crossProducts, squaredImages } = of
  requireProportion('designEffect', { count, total: images })
  if (!Number.isSafeInteger(subjects) || subjects < 1 || subjects > images) {
    throw new RangeError(`designEffect expected whole subjects from 1 to ${images} but received ${subjects}`)
  }
  if (subjects === images) return effectOf(1, images)
  if (subjects === 1 || count === 0 || count === images) return effectOf(squaredImages / images, images)
  const rate = count / images
  // sum of (y - rate * m)^2: how far the subjects lie from the common rate
  const squares = squaredCounts - 2 * rate * crossProducts + rate ** 2 * squaredImages
  const variance = ((subjects / (subjects - 1)) * squares) / images ** 2
  return effectOf(Math.max(1, variance / ((rate * (1 - rate)) / images)), images)
}

function effectOf(value: number, images: number): { value: number; effectiveImages: number } {
  return { value, effectiveImages: images / value }
}
