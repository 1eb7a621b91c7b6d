import { listedTexts } from './phrases.js'
import type { LintRule } from './rule.js'
import { sidesOf } from './sides.js'

/** "A suspicious person" beside "a thief": in one outcome category some labels hold a word for a person and others do not. */
export const mixedPersonWords: LintRule = {
  id: 'mixed-person-words',
  severity: 'note',
  needs: 'definition',
  readsWords: true,
  means:
    'A photograph of a person fits the word "person" whatever else the label says, so this label draws images for another reason than its neighbours, and the outcome mixes the two.',
  todo: 'Word the labels of an outcome category alike ("a dishonest person", "a criminal person"), or look at them one by one in the table of labels.',
  check: ({ labelSet, words }) => {
    const { harmful } = sidesOf(labelSet)
    return labelSet.outcomes.flatMap(({ id }) => {
      const labels = harmful.filter((label) => labelSet.labels[label].outcome === id)
      const holding = labels.filter((label) => words[label].personWords.length > 0)
      if (holding.length === 0 || holding.length === labels.length) return []
      const others = labels.filter((label) => !holding.includes(label))
      const texts = (list: readonly number[]): string => listedTexts(list.map((label) => labelSet.labels[label].text))
      const seen = `In ${id}, ${holding.length} of ${labels.length} labels ${holding.length === 1 ? 'holds' : 'hold'} a word for a person (${texts(holding)}); the others do not (${texts(others)}).`
      return [{ seen, labels, outcomes: [id] }]
    })
  },
}
