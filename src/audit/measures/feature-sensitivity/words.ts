import type { FigureColumn, FigureUnit, Wording } from '../../types/figures.js'
import type { Transform } from '../../types/measures.js'
import type { Quantity } from './group-sides.js'
import { sentencesOf } from '../sentences.js'

/** A sentence of reports/locales/<id>/feature-sensitivity.yaml. */
export const says = sentencesOf('feature-sensitivity')

/** A title or heading about a quantity: an outcome and an accuracy are worded in their own ways. */
export function aboutQuantity(id: string, { kind, id: quantity }: Quantity, values: Wording['values'] = []): Wording {
  return says(`${id}.${kind}`, ['quantity', quantity], ...values)
}

export const AS_THEY_ARE = 'as-they-are'

/** The column of the images as they are. */
export function plainColumn(unit: FigureUnit): FigureColumn {
  return { key: AS_THEY_ARE, heading: says('as-they-are'), unit }
}

/** One column for each alteration, its key the id of the alteration. */
export function alteredColumns(transforms: readonly Transform[], unit: FigureUnit): FigureColumn[] {
  return transforms.map((transform) => ({ key: transform.id, heading: alterationHeading(transform), unit }))
}

function alterationHeading(transform: Transform): Wording {
  switch (transform.alter) {
    case 'blur':
      return says('alteration.blur', ['sigma', String(transform.sigma)])
    case 'brightness':
      return says('alteration.brightness', ['factor', String(transform.factor)])
    case 'jpeg':
      return says('alteration.jpeg', ['quality', String(transform.quality)])
    case 'crop':
      return says('alteration.crop', ['percent', String(Math.round(transform.keep * 100))])
    case 'grey':
      return says('alteration.grey')
  }
}
