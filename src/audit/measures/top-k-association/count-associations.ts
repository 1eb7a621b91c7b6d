/** A label that a model gave an image, with its score. */
export type ScoredLabel = { readonly label: string; readonly score: number }

/** Labels that stand for one idea, such as *crime*; a label may belong to several. */
export type Association = { readonly id: string; readonly labels: ReadonlySet<string> }

/** Which labels of an image count: those with at least the score `threshold`, and of these the `most` highest. */
export type LabelCut = { readonly threshold: number; readonly most: number }

/** Images of one group with at least one counting label of an association, of **all** its images: one for which no label
 *  counts stays in the total, or the threshold would choose whom the share is about.
 *  `images`: the labels of every image of the group, in any order. One count for each association, in order.
 *  Throws RangeError unless scores and threshold are numbers and `most` is a whole number from 1.
 *  Source: Goyal et al. 2022, indicator 1; facebookresearch/vissl:projects/fairness_indicators. Evidence needed: scores.
 *  (measures.md B4; a share is `count / total`, undefined without images.) */
export function countAssociations(
  images: readonly (readonly ScoredLabel[])[],
  associations: readonly Association[],
  cut: LabelCut,
): { readonly association: string; readonly count: number; readonly total: number }[] {
  const kept = images.map((labels) => countingLabels(labels, cut))
  return associations.map(({ id, labels }) => ({
    association: id,
    count: kept.filter((ofImage) => ofImage.some((label) => labels.has(label))).length,
    total: images.length,
  }))
}

/** The labels of one image that count, highest score first; of equal scores the one listed first.
 *  @example countingLabels([{ label: 'dog', score: 0.6 }, { label: 'ape', score: 0.4 }], { threshold: 0.5, most: 5 })  // ['dog'] */
export function countingLabels(labels: readonly ScoredLabel[], { threshold, most }: LabelCut): string[] {
  if (Number.isNaN(threshold)) throw new RangeError('countingLabels expected a threshold but received NaN')
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new RangeError(`countingLabels expected a whole number of labels from 1 but received ${most}`)
  }
  const wrong = labels.find(({ score }) => Number.isNaN(score)) // NaN is below no threshold and would vanish in silence
  if (wrong !== undefined) throw new RangeError('countingLabels expected a score for every label but received NaN')
  const above = labels.filter(({ score }) => score >= threshold)
  return above
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ label }) => label)
}
