import { fitsCells, isDistinct, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const markednessObservedRules: ObservedRules<'markedness'> = {
  fits: ({ attributes }, around) =>
    isDistinct(attributes.map(({ attribute }) => attribute)) &&
    attributes.every(
      ({ attribute, cells }) =>
        around.measure.attributes.includes(attribute) &&
        fitsCells(cells, around, ({ images }) => images) &&
        cells.every(({ images, ties, unmarked }) => ties <= images && unmarked <= images),
    ),
}
