import { isSame, known, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const selfSimilarityObservedRules: ObservedRules<'self-similarity'> = {
  fits: ({ groups }, around) => {
    const expected = around.groupsOf(around.probe.groupBy).filter(({ comparable }) => comparable)
    return isSame(groups.map(({ key, group, images }) => [key, group, images]), expected.map(({ key, group, images }) => [key, group, images])) // prettier-ignore
  },
  takenAsSeen: ({ groups }) => known(groups) + known(groups.map(({ difference }) => difference)),
}
