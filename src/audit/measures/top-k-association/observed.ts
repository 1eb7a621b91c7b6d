import {
  areThresholdsAsked,
  isCountOfEach,
  isEveryImage,
  isScaleOfEvidence,
  type ObservedRules,
} from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const topKAssociationObservedRules: ObservedRules<'top-k-association'> = {
  fits: (seen, around) => {
    const outcomes = new Set(around.labelSet?.outcomes.map(([id]) => id))
    return (
      isScaleOfEvidence(seen, around) &&
      areThresholdsAsked(seen, around.measure.thresholds) &&
      seen.thresholds.every(
        ({ cells }) =>
          isEveryImage(cells, around) &&
          cells.every(({ images, without, associations }) => isCountOfEach(associations, outcomes, images - without)),
      )
    )
  },
}
