import type { FigureColumn, FigureUnit, Wording } from '../../types/figures.js'
import type { Group } from '../../types/groups.js'

/** A sentence of reports/locales/<id>/retrieval-skew.yaml. */
export function wording(id: string, values: Wording['values'] = []): Wording {
  return { id: `measures.retrieval-skew.${id}`, values }
}

export function column(key: string, unit: FigureUnit, values: Wording['values'] = []): FigureColumn {
  return { key, heading: wording(`column.${key}`, values), unit }
}

export function groupText(group: Group): string {
  return group.map(([, value]) => value).join(', ')
}

export function groupByText(groupBy: readonly string[]): string {
  return groupBy.join(' × ')
}
