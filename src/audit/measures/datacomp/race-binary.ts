import type { Proportion } from '../../statistics/proportion.js'

export type RaceBinaryImages = {
  /** Index of the decided label of each image in the race list. */
  readonly decided: ArrayLike<number>
  /** Annotation of each image: 0 white, 1 not white. */
  readonly raceBinary: ArrayLike<number>
  /** Index of the label white in the race list, found by its name when the list was read; DataComp takes 1 for granted. */
  readonly white: number
}

/** DataComp's check of race, which knows only two: an image is correct when "the decided label is not white" agrees with its
 *  annotation. Counts for white and for other images; the overall accuracy is their sum.
 *  Throws RangeError unless every image is decided and annotated 0 or 1.
 *  Source: mlfoundations/datacomp:eval_utils/fairness_eval.py, acc_race (measures.md B18). */
export function countRaceBinary(images: RaceBinaryImages): readonly [white: Proportion, other: Proportion] {
  const { decided, raceBinary, white } = images
  if (raceBinary.length !== decided.length) {
    throw new RangeError(`countRaceBinary expected ${decided.length} annotations but received ${raceBinary.length}`)
  }
  const correct = [0, 0]
  const total = [0, 0]
  for (let image = 0; image < decided.length; image++) {
    const annotated = raceBinary[image]
    // an undecided image would count as "not white", and so as correct for whoever is not
    if (decided[image] < 0) throw new RangeError(`countRaceBinary expected a decision but received ${decided[image]}`)
    if (annotated !== 0 && annotated !== 1) {
      throw new RangeError(`countRaceBinary expected an annotation of 0 or 1 but received ${annotated}`)
    }
    total[annotated]++
    if ((decided[image] === white ? 0 : 1) === annotated) correct[annotated]++
  }
  return [
    { count: correct[0], total: total[0] },
    { count: correct[1], total: total[1] },
  ]
}
