import { isEveryImage, isSame, sum, type ObservedRules } from '../observed-rules.js'
import { sharesAsked } from './shares-asked.js'

/** What can be held against an observation of this kind. */
export const abstentionObservedRules: ObservedRules<'abstention'> = {
  fits: ({ attributes, outcomes, thresholds, reason }, around) =>
    isSame(
      thresholds.map(({ share }) => share),
      reason === undefined ? sharesAsked(around.measure.steps, around.facts.dataset.rows.processed) : [],
    ) &&
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
