import { isCountOfEach, isEveryImage, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const topKAssociationObservedRules: ObservedRules<'top-k-association'> = {
  fits: ({ thresholds }, around) => {
    const outcomes = new Set(around.labelSet?.outcomes.map(([id]) => id))
    return thresholds.every(
      ({ cells }) =>
        isEveryImage(cells, around) &&
        cells.every(({ images, without, associations }) => isCountOfEach(associations, outcomes, images - without)),
    )
  },
}
