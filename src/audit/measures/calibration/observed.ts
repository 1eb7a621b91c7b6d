import {
  fitsCells,
  isBetween,
  isDistinct,
  isScaleOfEvidence,
  known,
  sum,
  type ObservedRules,
} from '../observed-rules.js'

const ROUNDING = 1e-9 // of sums of probabilities, whose terms are added in float64

/** What can be held against an observation of this kind. */
export const calibrationObservedRules: ObservedRules<'calibration'> = {
  fits: (seen, around) => {
    const { bins, cells, leftOut, logitScale, logitBias } = seen
    const imagesOf = (cell: (typeof cells)[number]): number => sum(cell.bins.map(([, images]) => images))
    const counted = logitScale === null ? 0 : around.facts.dataset.rows.processed
    // probabilities of a softmax sum to 1, so the squares of one image to 2 at most; those of a sigmoid are each label's own
    const largest = logitBias === undefined ? 2 : (around.labelSet?.labels.length ?? 0)
    return (
      isScaleOfEvidence(seen, around) &&
      sum(cells.map(imagesOf)) + leftOut === counted &&
      fitsCells(cells, around, imagesOf) &&
      cells.every(
        (one) =>
          isDistinct(one.bins.map(([bin]) => bin)) &&
          one.bins.every(([bin, images, right, probability]) => {
            const mean = probability / images
            const isInside = isBetween(mean, bin / bins - ROUNDING, (bin + 1) / bins + ROUNDING)
            return images > 0 && right <= images && bin < bins && isInside
          }) &&
          isBetween(one.squares[0], 0, imagesOf(one)) &&
          isBetween(one.squares[1], 0, largest * imagesOf(one)),
      )
    )
  },
  takenAsSeen: ({ groups }) => groups.length + known(groups.map(({ difference }) => difference)),
}
