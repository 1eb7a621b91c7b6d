import { areGroups, isDistinct, known, labelsOf, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const captionAssociationObservedRules: ObservedRules<'caption-association'> = {
  fits: ({ groupBy, groups, captions }, around) =>
    areGroups(groups, groupBy, around) &&
    isDistinct(captions.map(({ caption }) => caption)) &&
    captions.every(
      ({ caption, associations }) => labelsOf(around).has(caption) && associations.length === groups.length,
    ),
  takenAsSeen: ({ captions }) => known(captions.flatMap(({ associations }) => associations)),
}
