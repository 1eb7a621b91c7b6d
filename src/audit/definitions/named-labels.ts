import { DefinitionError, quoted, type Fault } from '../errors.js'
import type { Implication, Label, OutcomeCategory } from '../types/definitions.js'
import type { NamedImplication, NamedLabel } from './label-flags.js'
import { COMMAND_LINE } from './plan-flags.js'
import { didYouMean } from './words.js'

/** Throws DefinitionError for labels named on the command line whose outcome category is declared nowhere. */
export function checkNamedOutcomes(
  field: string,
  labels: readonly NamedLabel[],
  outcomes: readonly OutcomeCategory[],
): void {
  const known = outcomes.map(({ id }) => id)
  const declared = known.length === 0 ? 'none yet' : known.join(', ')
  const faults: Fault[] = labels
    .filter(({ outcome }) => !known.includes(outcome))
    .map(({ outcome }) => ({
      at: COMMAND_LINE,
      field,
      expected: `an outcome category that is declared (${declared})`,
      received: quoted(outcome),
      hint: didYouMean(outcome, known) ?? 'Declare it with --outcome name=harm.',
    }))
  if (faults.length > 0) throw new DefinitionError('label-set.outcome', faults)
}

/** Throws DefinitionError for ids that no label has. */
export function refuseUnknownIds(field: string, ids: readonly string[], known: readonly string[]): void {
  const faults: Fault[] = ids
    .filter((id) => !known.includes(id))
    .map((id) => ({
      at: COMMAND_LINE,
      field,
      expected: 'the id of a label',
      received: quoted(id),
      hint: didYouMean(id, known) ?? `The labels are ${known.join(', ')}.`,
    }))
  if (faults.length > 0) throw new DefinitionError('label-set.label', faults)
}

/** What a label implies once the command line has had its say: an attribute named there takes the place of an earlier one. */
export function impliedOf(label: Label, named: readonly NamedImplication[]): readonly Implication[] {
  const own = named.filter(({ id }) => id === label.id)
  const byAttribute = new Map(label.implies.map(({ attribute, values }) => [attribute, values] as const))
  for (const { attribute, values } of own) byAttribute.set(attribute, values)
  return [...byAttribute].map(([attribute, values]) => ({ attribute, values }))
}
