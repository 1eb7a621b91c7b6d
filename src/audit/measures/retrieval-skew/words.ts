import type { FigureColumn, FigureUnit, Wording } from '../../types/figures.js'
import { sentencesOf } from '../sentences.js'

/** A sentence of reports/locales/<id>/retrieval-skew.yaml. */
export const says = sentencesOf('retrieval-skew')

export function column(key: string, unit: FigureUnit, values: Wording['values'] = []): FigureColumn {
  return { key, heading: says(`column.${key}`, ...values), unit }
}
