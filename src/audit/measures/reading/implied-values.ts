import type { Label } from '../../types/definitions.js'

/** The one value of an attribute that each label claims, by the label's id; labels that claim none are not in it. null where the labels
 *  cannot be read as a classifier of the attribute: one of them claims several values (*child* is three age bands), or all claim the same. */
export function impliedValues(
  labels: readonly Pick<Label, 'id' | 'implies'>[],
  attribute: string,
): ReadonlyMap<string, string> | null {
  const claims = labels.flatMap(({ id, implies }) => {
    const values = implies.filter((one) => one.attribute === attribute).flatMap((one) => one.values)
    return values.length === 0 ? [] : [{ id, values }]
  })
  if (claims.some(({ values }) => values.length !== 1)) return null
  const implied = new Map(claims.map(({ id, values }) => [id, values[0]] as const))
  return new Set(implied.values()).size < 2 ? null : implied
}
