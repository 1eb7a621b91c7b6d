import type { FigureColumn, FigureUnit, Wording } from '../../types/figures.js'
import type { Group } from '../../types/groups.js'

/** A sentence of this measure in the locale files. */
export function wording(id: string, values: Wording['values'] = []): Wording {
  return { id: `measures.association-threshold.${id}`, values }
}

export function column(key: string, unit: FigureUnit, values: Wording['values'] = [], id = key): FigureColumn {
  return { key, heading: wording(`column.${id}`, values), unit }
}

/** A group by its values alone; the title says of what they are values. */
export function groupText(group: Group): string {
  return group.map(([, value]) => value).join(', ')
}

export function groupByText(groupBy: readonly string[]): string {
  return groupBy.join(' × ')
}
