import { isDistinct, known, type ObservedRules } from '../observed-rules.js'

/** What can be held against an observation of this kind. */
export const embeddingAssociationObservedRules: ObservedRules<'embedding-association'> = {
  fits: ({ tests }, around) =>
    isDistinct(tests.map(({ test }) => test)) &&
    tests.every(({ test, sizes }) => {
      const asked = around.measure.tests.find(({ id }) => id === test)
      if (asked === undefined) return false
      const groups = around.groupsOf([[asked.attribute]])
      const imagesOf = (value: string): number => groups.find(({ group }) => group.at(0)?.[1] === value)?.images ?? 0
      const wordsOf = (outcome: string): number =>
        around.labelSet?.labels.filter((label) => label.outcome === outcome).length ?? 0
      const expected = [imagesOf(asked.x), imagesOf(asked.y), wordsOf(asked.a), wordsOf(asked.b)]
      return expected.every((size, place) => size === sizes[place])
    }),
  takenAsSeen: ({ tests }) => known(tests) + known(tests.map(({ difference }) => ({ value: difference }))),
}
