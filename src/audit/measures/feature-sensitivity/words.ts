import type { FigureColumn, FigureUnit, Wording } from '../../types/figures.js'
import type { Group } from '../../types/groups.js'
import type { Transform } from '../../types/measures.js'
import type { Quantity } from './group-sides.js'

/** A sentence of reports/locales/<id>/feature-sensitivity.yaml. */
export function wording(id: string, values: Wording['values'] = []): Wording {
  return { id: `measures.feature-sensitivity.${id}`, values }
}

/** A title or heading about a quantity: an outcome and an accuracy are worded in their own ways. */
export function aboutQuantity(id: string, { kind, id: quantity }: Quantity, values: Wording['values'] = []): Wording {
  return wording(`${id}.${kind}`, [['quantity', quantity], ...values])
}

export const AS_THEY_ARE = 'as-they-are'

/** The column of the images as they are. */
export function plainColumn(unit: FigureUnit): FigureColumn {
  return { key: AS_THEY_ARE, heading: wording('as-they-are'), unit }
}

/** One column for each alteration, its key the id of the alteration. */
export function alteredColumns(transforms: readonly Transform[], unit: FigureUnit): FigureColumn[] {
  return transforms.map((transform) => ({ key: transform.id, heading: alterationHeading(transform), unit }))
}

function alterationHeading(transform: Transform): Wording {
  switch (transform.alter) {
    case 'blur':
      return wording('alteration.blur', [['sigma', String(transform.sigma)]])
    case 'brightness':
      return wording('alteration.brightness', [['factor', String(transform.factor)]])
    case 'jpeg':
      return wording('alteration.jpeg', [['quality', String(transform.quality)]])
    case 'crop':
      return wording('alteration.crop', [['percent', String(Math.round(transform.keep * 100))]])
    case 'grey':
      return wording('alteration.grey')
  }
}

export function groupText(group: Group): string {
  return group.map(([, value]) => value).join(', ')
}

export function groupByText(groupBy: readonly string[]): string {
  return groupBy.join(' × ')
}
