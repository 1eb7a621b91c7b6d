import type { RateRecord } from '../types/derived.js'
import type { DerivedAttribute } from '../types/definitions.js'
import { categoryOutcomes, type ProbeOutcome } from '../types/measures.js'
import type { SubjectCounts, Facts, Family } from '../types/facts.js'

/** The rates of one outcome over the groups of one grouping, as an audit holds them. */
export type RateTable = {
  readonly family: Family
  readonly probe: string
  readonly outcome: string
  /** null for failure-to-process. */
  readonly counted: ProbeOutcome | null
  readonly derive: readonly DerivedAttribute[]
  /** One per group, in order. */
  readonly rates: readonly (RateRecord & { readonly group: NonNullable<RateRecord['group']> })[]
  readonly subjectCounts: SubjectCounts | null
}

/** The tables of an audit, probes first and failure-to-process last. */
export function rateTables(facts: Facts, rates: readonly RateRecord[]): RateTable[] {
  const byPlace = new Map<string, RateTable['rates'][number][]>()
  for (const rate of rates) {
    const { group } = rate
    if (group === null) continue
    const key = placeOf(rate.evidence, rate.labelSet, rate.probe, rate.groupBy, rate.outcome)
    byPlace.set(key, [...(byPlace.get(key) ?? []), { ...rate, group }])
  }
  const tableOf = (family: Family, outcome: string, probe: string): Omit<RateTable, 'counted' | 'derive'> => ({
    family,
    probe,
    outcome,
    rates: byPlace.get(placeOf(family.evidence, family.labelSet, probe, family.groupBy, outcome)) ?? [],
    subjectCounts: facts.subjectCounts.find((one) => one.family === family.id && one.outcome === outcome) ?? null,
  })
  const ofProbes = facts.probes.flatMap(({ id, families, measure, derive }) =>
    families.flatMap((family) =>
      categoryOutcomes(measure) // what a measure counts beside them is told by other sums of the same cells, and is left out
        .filter((outcome) => family.outcomes.includes(outcome.id))
        .map((counted) => ({ ...tableOf(family, counted.id, id), counted, derive })),
    ),
  )
  const ofFailures = facts.failureFamilies.flatMap((family) =>
    family.outcomes.map((outcome) => ({
      ...tableOf(family, outcome, 'failure-to-process'),
      counted: null,
      derive: [],
    })),
  )
  return [...ofProbes, ...ofFailures]
}

function placeOf(...place: readonly unknown[]): string {
  return JSON.stringify(place)
}
