import { savedSchemaOf, type SavedForm } from './saved-form.js'

/** How a curve.json is told from other files. */
export const CURVE_FORM = {
  schemaId: 'probity/curve@1',
  code: 'curve',
  what: 'a saved specification curve',
  source: 'a curve.json that probity curve wrote',
} as const satisfies SavedForm

/** Whether the text is a saved specification curve of any version, by its field `schema`. */
export function isCurve(text: string): boolean {
  return savedSchemaOf(text)?.startsWith('probity/curve@') ?? false
}
