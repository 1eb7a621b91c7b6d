import type { FigureColumn, FigureUnit, Wording } from '../../types/figures.js'
import { sentencesOf } from '../sentences.js'

/** A sentence of this measure in the locale files. */
export const says = sentencesOf('association-threshold')

export function column(key: string, unit: FigureUnit, values: Wording['values'] = [], id = key): FigureColumn {
  return { key, heading: says(`column.${id}`, ...values), unit }
}
