import { isEveryImage, sum, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const abstentionObservedRules: ObservedRules<'abstention'> = {
  fits: ({ attributes, outcomes, thresholds }, around) =>
    thresholds.every(
      ({ cells }, step) =>
        isEveryImage(cells, around) &&
        cells.every(({ cell, images, kept, right, inOutcome }) => {
          const before = thresholds[step - 1]?.cells.find((one) => one.cell === cell)?.kept ?? images
          return (
            kept <= before && // ever more of the least certain images are left out
            right.length === attributes.length &&
            right.every((count) => count <= kept) &&
            inOutcome.length === outcomes.length &&
            sum(inOutcome) <= kept
          )
        }),
    ),
}
