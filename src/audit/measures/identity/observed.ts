import { isBetween, isDistinct, known, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const identityObservedRules: ObservedRules<'identity'> = {
  fits: ({ names, images, counts }, { facts }) =>
    names <= images &&
    images <= facts.dataset.rows.processed &&
    isDistinct(counts.map(({ classes }) => classes)) &&
    counts.every(
      ({ classes, draws, groups }) =>
        (draws.length === 0 || classes <= names) &&
        draws.every((draw) => draw.right <= draw.images && draw.images <= images) &&
        groups.every(({ value }) => value === null || isBetween(value, 0, 1)),
    ),
  takenAsSeen: ({ counts }) => known(counts.flatMap(({ groups }) => groups)),
}
