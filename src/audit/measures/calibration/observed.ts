import { fitsCells, isBetween, isDistinct, known, sum, type ObservedRules } from '../observed-rules.js'

const ROUNDING = 1e-9 // of sums of probabilities, whose terms are added in float64

/** What can be held against an observation of this kind. */
export const calibrationObservedRules: ObservedRules<'calibration'> = {
  fits: ({ bins, cells, leftOut, logitScale }, around) => {
    const imagesOf = (cell: (typeof cells)[number]): number => sum(cell.bins.map(([, images]) => images))
    const counted = logitScale === null ? 0 : around.facts.dataset.rows.processed
    return (
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
          isBetween(one.squares[1], 0, 2 * imagesOf(one)),
      )
    )
  },
  takenAsSeen: ({ groups }) => groups.length + known(groups.map(({ difference }) => difference)),
}
