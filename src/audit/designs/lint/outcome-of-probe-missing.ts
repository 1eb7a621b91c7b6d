import { categoryOutcomes } from '../../types/measures.js'
import { quoted } from '../../errors.js'
import { listed } from './phrases.js'
import type { LintRule } from './rule.js'

/** A probe counts outcome categories of which this label set has some and lacks others. */
export const outcomeOfProbeMissing: LintRule = {
  id: 'outcome-of-probe-missing',
  severity: 'note',
  needs: 'probes',
  readsWords: false,
  means: 'The probe is not applicable to this label set, and the report will say so instead of a finding.',
  todo: 'Give the outcome categories the ids that the probe counts, or write a probe for yours.',
  check: ({ labelSet, probes, nearest }) => {
    const own = labelSet.outcomes.map(({ id }) => id)
    const harmful = labelSet.outcomes.filter(({ harm }) => harm !== 'none').map(({ id }) => id)
    return probes.flatMap((probe) => {
      const counted = [...new Set(categoryOutcomes(probe.measure).flatMap(({ categories }) => categories))]
      const missing = counted.filter((id) => !own.includes(id))
      const meant = missing.map((id) =>
        nearest(
          id,
          harmful.filter((other) => !counted.includes(other)),
        ),
      )
      const isMeant = missing.length < counted.length || meant.some((word) => word !== null)
      if (missing.length === 0 || !isMeant) return []
      const guess = meant.find((word) => word !== null)
      const hint = guess === undefined || guess === null ? '' : ` Did you mean it by ${quoted(guess)}?`
      const seen = `The probe ${probe.id} counts ${listed(counted)}; this label set has no outcome category ${listed(missing)}.${hint}`
      return [{ seen, outcomes: missing }]
    })
  },
}
