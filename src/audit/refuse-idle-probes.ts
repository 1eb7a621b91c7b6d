import { describeLabelSet } from './describe-facts.js'
import { missingIn } from './measures/counted-outcomes.js'
import { DefinitionError, type Fault } from './errors.js'
import type { Dataset } from './types/dataset.js'
import type { Plan, Probe } from './types/definitions.js'
import { attributesNeeded, needsLabelSets } from './types/measures.js'

/** Refuses a probe that nothing of this run can answer, before any image is read: a report full of empty tables would look like a result.
 *  The probes of outcome categories are left alone: a label set without their outcomes still tells which labels were chosen.
 *  Throws DefinitionError with what each of them needs. */
export function refuseIdleProbes(plan: Plan, dataset: Dataset): void {
  const faults = plan.probes.flatMap((probe) => [
    ...faultOfLabelSets(probe, plan),
    ...faultOfAttributes(probe, dataset),
  ])
  if (faults.length > 0) throw new DefinitionError('probe.idle', faults)
}

function faultOfLabelSets({ id, measure, suggests }: Probe, { labelSets }: Plan): Fault[] {
  if (measure.kind === 'outcome-rate' || !needsLabelSets(measure)) return []
  if (labelSets.some((labelSet) => missingIn(measure, describeLabelSet(labelSet)) === null)) return []
  const hint = `The probe suggests ${suggests.join(', ')}.`
  const received = labelSets.map((labelSet) => labelSet.id).join(', ')
  return [{ at: `probe ${id}`, expected: 'a label set that it is a question about', received, hint }]
}

/** A measure with attributes of its own needs one of them at least. */
function faultOfAttributes({ id, measure }: Probe, dataset: Dataset): Fault[] {
  const needed = [...new Set(attributesNeeded(measure))]
  const present = dataset.attributes.map(({ name }) => name)
  const isOverlap = measure.kind === 'data-overlap' && !present.includes(measure.attribute)
  if (needed.length === 0 || (!isOverlap && needed.some((name) => present.includes(name)))) return []
  const expected =
    measure.kind === 'data-overlap'
      ? `the attribute ${measure.attribute}`
      : `one of the attributes ${needed.join(', ')}`
  const hint =
    measure.kind === 'data-overlap'
      ? 'Make it with probity overlap, and join it with --join overlap.csv --map overlap=overlap.'
      : undefined
  const fault = { at: `probe ${id}`, expected, received: `a dataset with ${present.join(', ') || 'none'}` }
  return [hint === undefined ? fault : { ...fault, hint }]
}
