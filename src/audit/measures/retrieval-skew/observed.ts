import { areGroups, isDistinct, labelsOf, sum, type ObservedRules } from '../observed-rules.js'
import { variantOf } from './retrieval-variants.js'

/** What can be held against an observation of this kind. */
export const retrievalSkewObservedRules: ObservedRules<'retrieval-skew'> = {
  fits: ({ groupBy, groups, images, queries }, around) => {
    const { keepsTies } = variantOf(around.measure.as)
    const asked = groups.map((group, place) => ({ group, images: images[place] }))
    return (
      images.length === groups.length &&
      areGroups(asked, groupBy, around) &&
      isDistinct(queries.map(({ query }) => query)) &&
      queries.every(({ query, ranked, ties }) => {
        const places = ranked === '' ? [] : ranked.split(' ').map(Number)
        const [cut, , beyond] = ties.at(-1) ?? [0, 0, 0]
        return (
          labelsOf(around).has(query) &&
          places.length === cut + (keepsTies ? beyond : 0) &&
          places.every((place) => place in groups) &&
          images.every((most, group) => places.filter((place) => place === group).length <= most) &&
          ties.every(([inside, within, left]) => within <= inside && inside + left <= sum(images))
        )
      })
    )
  },
  takenAsSeen: ({ together }) => together.reduce((sum, { means, beyond }) => sum + means.length + beyond.length, 0),
}
