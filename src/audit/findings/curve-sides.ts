import type { CurveTable } from '../types/curve.js'
import type { Sides } from './side.js'

/** The groups of a table that get a record: all that can be compared; of two, the one that is higher in most specifications (a tie: declared order),
 *  since what one has more the other has less. */
export function comparedGroups(table: CurveTable): number[] {
  const comparable = table.groups.map((_, group) => group).filter((group) => table.comparable[group])
  if (!isTwoValued(table)) return comparable
  const [first, second] = comparable
  const leads = table.counts.map((counts) => Math.sign(leadOf(sidesIn(table, counts, first))))
  return [leads.reduce((sum, lead) => sum + lead, 0) < 0 ? second : first]
}

/** Whether a table compares two values of one attribute: one comparison, not two. */
export function isTwoValued({ groupBy, comparable }: Pick<CurveTable, 'groupBy' | 'comparable'>): boolean {
  return groupBy.length === 1 && comparable.filter(Boolean).length === 2
}

/** A group and everyone else who can be compared, in one specification. */
export function sidesIn({ comparable, totals }: CurveTable, counts: readonly number[], group: number): Sides {
  const rest = { count: 0, total: 0 }
  comparable.forEach((isCompared, other) => {
    if (!isCompared || other === group) return
    rest.count += counts[other]
    rest.total += totals[other]
  })
  return { group: { count: counts[group], total: totals[group] }, reference: rest }
}

/** Above 0 where the group's rate is the higher one; by whole numbers, so that equal rates are found equal. */
export function leadOf({ group, reference }: Sides): number {
  return group.count * reference.total - reference.count * group.total
}

/** The same comparison from the other side. */
export function turned({ group, reference }: Sides): Sides {
  return { group: reference, reference: group }
}
