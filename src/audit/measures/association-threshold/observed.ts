import {
  areThresholdsAsked,
  isCountOfEach,
  isEveryImage,
  isScaleOfEvidence,
  labelsOf,
  sum,
  type ObservedRules,
} from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const associationThresholdObservedRules: ObservedRules<'association-threshold'> = {
  fits: (seen, around) =>
    isScaleOfEvidence(seen, around) &&
    areThresholdsAsked(seen, around.measure.thresholds) &&
    seen.thresholds.every(
      ({ cells }) =>
        isEveryImage(cells, around) &&
        cells.every(
          ({ images, without, labels }) =>
            isCountOfEach(labels, labelsOf(around), images - without) &&
            sum(labels.map(([, count]) => count)) >= images - without, // each of these has one label at least
        ),
    ),
}
