import { isBetween, isDistinct, isEveryImage, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const featureSensitivityObservedRules: ObservedRules<'feature-sensitivity'> = {
  fits: ({ asTheyAre, attributes, outcomes, transforms }, around) => {
    const lengthsFit = (of: { readonly inOutcome: readonly unknown[]; readonly right: readonly unknown[] }): boolean =>
      of.inOutcome.length === outcomes.length && of.right.length === attributes.length
    const before = new Map(asTheyAre.map((one) => [one.cell, one] as const))
    const known = new Set(around.measure.transforms.map(({ id }) => id))
    return (
      isEveryImage(asTheyAre, around) &&
      asTheyAre.every(
        (one) => lengthsFit(one) && [...one.inOutcome, ...one.right].every((count) => count <= one.images),
      ) && // prettier-ignore
      isDistinct(transforms.map(({ transform }) => transform)) &&
      transforms.every(
        ({ transform, cells }) =>
          known.has(transform) &&
          isEveryImage(
            cells.map(({ cell, images, failed }) => ({ cell, images: images + failed })),
            around,
          ) && // prettier-ignore
          cells.every((one) => {
            const own = before.get(one.cell)
            if (own === undefined || !lengthsFit(one) || one.changed > one.images) return false
            const whole = [...own.inOutcome, ...own.right]
            return [...one.inOutcome, ...one.right].every(
              ([both, lost, gained], place) =>
                both + lost + gained <= one.images &&
                lost + gained <= one.changed &&
                isBetween(whole[place] - both - lost, 0, one.failed), // those it held of are in a pair, or failed
            )
          }),
      )
    )
  },
}
