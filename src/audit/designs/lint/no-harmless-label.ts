import { allOf, capital, listed } from './phrases.js'
import type { LintRule } from './rule.js'
import { sidesOf } from './sides.js'

/** Harmful outcome categories and nothing beside them. */
export const noHarmlessLabel: LintRule = {
  id: 'no-harmless-label',
  severity: 'warning',
  needs: 'definition',
  readsWords: false,
  means: 'Every image goes to some label, so every image is put into a harmful outcome category, whatever it shows.',
  todo: 'Add an outcome category with harm none and labels that fit the people in the images.',
  check: ({ labelSet }) => {
    const { harmless, harmful } = sidesOf(labelSet)
    if (harmless.length > 0 || harmful.length === 0) return []
    const outcomes = labelSet.outcomes.map(({ id }) => id)
    const seen = `${capital(allOf(harmful.length, 'label'))} are of harmful outcome categories (${listed(outcomes)}); none is harmless.`
    return [{ seen, labels: harmful, outcomes }]
  },
}
