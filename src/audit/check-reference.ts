import { nearestWord } from './definitions/nearest-word.js'
import { DefinitionError, quoted, type Fault } from './errors.js'
import type { Dataset } from './types/dataset.js'
import type { DerivedAttribute, Plan } from './types/definitions.js'
import { UNKNOWN, type Group } from './types/groups.js'

/** Refuses a named reference that the dataset does not have, as soon as the dataset is read and before any image is. Images of
 *  an unknown value are never compared, so they can be no reference.
 *  Throws DefinitionError with the nearest known word. */
export function checkReference({ reference, probes }: Plan, dataset: Dataset): void {
  if (reference.kind !== 'named') return
  const derived = probes.flatMap(({ derive }) => derive)
  const faults = reference.group.flatMap(([attribute, value]) => faultOf(attribute, value, valuesOf(dataset, derived)))
  if (faults.length > 0) throw new DefinitionError('reference.unknown', faults)
  refuseIdle(reference.group, probes)
}

/** A reference that names no grouping whole would give way to everyone else in every comparison, unnoticed. */
function refuseIdle(group: Group, probes: Plan['probes']): void {
  const named = new Set(group.map(([attribute]) => attribute))
  const groupings = probes.flatMap(({ groupBy }) => groupBy)
  if (groupings.some((groupBy) => groupBy.every((attribute) => named.has(attribute)))) return
  throw new DefinitionError('reference.idle', {
    at: 'reference',
    expected: `every attribute of some grouping (${groupings.map((groupBy) => groupBy.join(' x ')).join('; ')})`,
    received: [...named].join(', '),
    hint: 'A named reference applies only where it names the whole grouping; elsewhere everyone else is the reference',
  })
}

function valuesOf(dataset: Dataset, derived: readonly DerivedAttribute[]): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ...dataset.attributes.map(({ name, values }) => [name, values.filter((value) => value !== UNKNOWN)] as const),
    ...derived.map(({ id, groups }) => [id, groups.map(({ value }) => value)] as const),
  ])
}

function faultOf(attribute: string, value: string, known: ReadonlyMap<string, readonly string[]>): Fault[] {
  const values = known.get(attribute)
  if (values === undefined) return [fault('an attribute of this dataset', attribute, [...known.keys()])]
  return values.includes(value) ? [] : [fault(`a value of ${attribute}`, value, values)]
}

function fault(what: string, received: string, allowed: readonly string[]): Fault {
  const nearest = nearestWord(received, allowed)
  return {
    at: 'reference',
    expected: `${what} (${allowed.join(', ')})`,
    received: quoted(received),
    ...(nearest === null ? {} : { hint: `Did you mean ${quoted(nearest)}?` }),
  }
}
