import { categoryOutcomes } from '../../types/measures.js'
import { listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** A union of a probe that joins outcome categories of unlike harm: its rate has no one meaning. */
export const unionOfUnlikeOutcomes: LintRule = {
  id: 'union-of-unlike-outcomes',
  severity: 'warning',
  needs: 'probes',
  readsWords: false,
  means:
    'A rate over such a union adds up what does not do the same to people; with a harmless category in it, a higher rate is not even worse.',
  todo: 'Read the categories one by one, or declare a union of categories of one kind of harm.',
  check: ({ labelSet, probes }) => {
    const harmOf = new Map(labelSet.outcomes.map(({ id, harm }) => [id, harm]))
    return probes.flatMap((probe) =>
      categoryOutcomes(probe.measure).flatMap(({ id, categories }) => {
        const own = categories.filter((category) => harmOf.has(category))
        const harms = new Set(own.map((category) => harmOf.get(category)))
        if (harms.size < 2) return []
        const named = own.map((category) => `${category} (harm ${harmOf.get(category) ?? 'none'})`)
        return [{ seen: `The outcome ${id} of the probe ${probe.id} joins ${listed(named)}.`, outcomes: own }]
      }),
    )
  },
}
