import { nearestWord } from './definitions/nearest-word.js'
import { describeLabelSet } from './describe-facts.js'
import { DefinitionError, quoted, type Fault } from './errors.js'
import { countedOutcomes, missingIn } from './measures/counted-outcomes.js'
import type { Dataset } from './types/dataset.js'
import type { Plan } from './types/definitions.js'
import { categoryOutcomes } from './types/measures.js'
import { asksNothing } from './types/policy.js'
import { FAILURE_PROBE } from './types/failure-probe.js'

/** Refuses a limit that names an attribute which the dataset lacks, or an outcome that nothing of the plan counts, before any image is
 *  read: what else it looks at would pass for the whole. Throws DefinitionError with the place of each and the nearest known word. */
export function refuseIdleLimits(plan: Plan, dataset: Dataset): void {
  const outcomes = knownOutcomes(plan)
  const attributes = dataset.attributes.map(({ name }) => name)
  const derived = new Map(plan.probes.flatMap(({ derive }) => derive.map(({ id, from }) => [id, from] as const)))
  const faults = plan.policy.limits.flatMap((limit, index) => {
    if (asksNothing(limit)) return []
    const at = plan.limitsAt?.[index] ?? `policy ${plan.policy.id}`
    const fault = (part: 'outcomes' | 'groupBy', name: string, what: string, known: readonly string[]): Fault => {
      const nearest = nearestWord(name, known)
      return {
        at,
        field: `limits[${index}].${part}`,
        expected: `${what} (${known.join(', ') || 'it has none'})`,
        received: quoted(name),
        hint:
          nearest === null ? 'Take it out of the limit, or bring it into the run.' : `Did you mean ${quoted(nearest)}?`,
      }
    }
    const absent = [...new Set((limit.groupBy ?? []).flat())].filter(
      (name) => !attributes.includes(derived.get(name) ?? name),
    )
    const unknown = (limit.outcomes ?? []).filter((name) => !outcomes.includes(name))
    return [
      ...absent.map((name) => fault('groupBy', name, 'an attribute of this dataset', attributes)),
      ...unknown.map((name) => fault('outcomes', name, 'an outcome that the probes of this plan count', outcomes)),
    ]
  })
  if (faults.length > 0) throw new DefinitionError('policy.idle', faults)
}

/** What the probes count under the label sets of the plan, and the failures that every run counts. */
function knownOutcomes({ probes, labelSets, policy }: Plan): string[] {
  const described = labelSets.map(describeLabelSet)
  const counted = probes.flatMap(({ measure }) => [
    ...categoryOutcomes(measure).map(({ id }) => id),
    ...described
      .filter((labelSet) => missingIn(measure, labelSet) === null)
      .flatMap((labelSet) => countedOutcomes(measure, labelSet).map(({ id }) => id)),
  ])
  const areFailuresAsked = policy.limits.some((limit) => limit.probes?.includes(FAILURE_PROBE))
  return [...new Set([...counted, ...(areFailuresAsked ? ['failed'] : [])])]
}
