import { quoted } from '../../errors.js'
import type { LintRule } from './rule.js'
import { sidesOf } from './sides.js'

/** A harmful outcome category whose rate rests on one wording. */
export const singleLabelOutcome: LintRule = {
  id: 'single-label-outcome',
  severity: 'note',
  needs: 'definition',
  readsWords: false,
  means:
    'The rate of the outcome is that of one wording. Another word for the same thing may give another rate, and nothing in this label set shows it.',
  todo: 'Add two or three labels of the same meaning, or vary the wording in a specification curve.',
  check: ({ labelSet }) => {
    const { harmful } = sidesOf(labelSet)
    return labelSet.outcomes.flatMap(({ id }) => {
      const labels = harmful.filter((label) => labelSet.labels[label].outcome === id)
      if (labels.length !== 1) return []
      const seen = `The outcome category ${id} has one label, ${quoted(labelSet.labels[labels[0]].text)}.`
      return [{ seen, labels, outcomes: [id] }]
    })
  },
}
