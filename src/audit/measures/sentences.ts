import type { RowName, Wording } from '../types/figures.js'
import type { Group } from '../types/groups.js'
import type { MeasureKind } from '../types/measures.js'

/** A sentence by its id below `measures.<kind>` of the locale files, with what fills its slots. */
export type Says = (id: string, ...values: Wording['values']) => Wording

/** The sentences of one kind of measure. */
export function sentencesOf(kind: MeasureKind): Says {
  return (id, ...values) => ({ id: `measures.${kind}.${id}`, values })
}

/** The name of a row: a group, or for the empty one the words that a kind has for everyone. */
export function rowNameOf(group: Group, says: Says): RowName {
  return group.length === 0 ? { kind: 'wording', wording: says('everyone') } : { kind: 'group', group }
}

/** A group by its values alone: the title says of what they are values. */
export function groupText(group: Group): string {
  return group.map(([, value]) => value).join(', ')
}

/** Attributes that are crossed: "race × gender". */
export function groupByText(groupBy: readonly string[]): string {
  return groupBy.join(' × ')
}
