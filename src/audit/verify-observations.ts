import { canonicalJson } from './audit-file/canonical-json.js'
import { rowGroups } from './measures/row-groups.js'
import { observedRulesOf } from './measures/observed-kinds.js'
import type { Around } from './measures/observed-rules.js'
import type { Check } from './types/check.js'
import type { Facts, ProbeFacts } from './types/facts.js'
import type { Group } from './types/groups.js'
import type { MeasureOf } from './types/measures.js'
import type { Observation, ObservationOf } from './types/observations.js'

/** Whether what each measure says it counted can have been counted: in cells that are there, of images that were processed, and so that
 *  parts do not exceed their whole. Counts themselves cannot be taken again without the images. */
export function observationsFit(facts: Facts): Check {
  const { observations } = facts
  const wrong = observations.filter((observation) => !fits(observation.kind, observation, facts)).length
  const repeated = observations.length - new Set(observations.map(questionOf)).size
  return {
    what: 'what other measures counted are images that were processed, and no part is larger than its whole',
    holds: wrong === 0 && repeated === 0,
    detail: `${observations.length} observations, ${wrong + repeated} wrong`,
  }
}

function fits<Kind extends Observation['kind']>(kind: Kind, observation: Observation, facts: Facts): boolean {
  const probe = facts.probes.find(({ id }) => id === observation.probe)
  const labelSet = facts.labelSets.find(({ id }) => id === observation.labelSet) ?? null
  if (probe?.measure.kind !== kind) return false
  if (observation.labelSet !== null && labelSet === null) return false
  if (observation.evidence !== null && !facts.evidence.some(({ id }) => id === observation.evidence)) return false
  const measure = probe.measure as MeasureOf<Kind> // looked at two lines above
  const around = { facts, probe, measure, labelSet, groupsOf: (groupBys: readonly (readonly string[])[]) => groupsOf(groupBys, probe, facts) } // prettier-ignore
  return observedRulesOf(kind).fits(observation as ObservationOf<Kind>, around) // `kind` is its kind
}

function groupsOf(
  groupBys: readonly (readonly string[])[],
  { derive }: ProbeFacts,
  { dataset: { cells, attributes } }: Facts,
): ReturnType<Around['groupsOf']> {
  const crossed = { cells: cells.map(({ group }): Group => group), attributes }
  return rowGroups(crossed, groupBys, derive).map((row) => ({
    ...row,
    images: row.cells.reduce((sum, cell) => sum + cells[cell].processed, 0),
  }))
}

/** What an observation answers: no two answer the same. */
function questionOf(observation: Observation): string {
  const { kind, probe, evidence, labelSet } = observation
  const rest =
    'groupBy' in observation
      ? observation.groupBy
      : 'attribute' in observation
        ? [observation.attribute]
        : 'source' in observation
          ? [observation.source, observation.condition]
          : []
  return canonicalJson([kind, probe, evidence, labelSet, rest])
}
