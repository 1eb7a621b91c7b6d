import type { Dataset } from '../../../../src/audit/types/dataset.js'

/** What each image is said to be: the values of its attributes, in their order. */
export function rowsOf({ images, attributes }: Dataset): readonly (readonly string[])[] {
  return images.map((image, row) => [image, ...attributes.map(({ values, codes }) => values[codes[row]])])
}

/** Row, code and reason of what cannot be used. */
export function quarantineOf({ quarantined }: Dataset): readonly (readonly [number, string, string])[] {
  return [...quarantined].map(([row, { code, reason }]) => [row, code, reason] as const)
}

/** Who labelled each attribute. */
export function labelledByOf({ attributes }: Dataset): readonly (readonly [string, string])[] {
  return attributes.map(({ name, labelledBy }) => [name, labelledBy] as const)
}
