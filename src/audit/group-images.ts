import { imageGroups, type ImageGroups } from './designs/curve/curve-tables.js'
import { DatasetError } from './errors.js'
import { crossRows } from './scoring/cells.js'
import type { Dataset } from './types/dataset.js'
import type { Probe } from './types/definitions.js'

/** The groupings of a probe by one attribute that this dataset has, derived ones included. Throws DatasetError when it has none of them. */
export function singleGroupings({ groupBy, derive }: Probe, dataset: Dataset): (readonly string[])[] {
  const present = dataset.attributes.map(({ name }) => name)
  const asked = groupBy.filter((attributes) => attributes.length === 1)
  const found = asked.filter(([attribute]) => present.includes(sourceOf(attribute, derive)))
  if (found.length > 0) return found
  throw new DatasetError('curve.no-attribute', {
    at: dataset.id,
    expected: `one of the attributes that the probe groups by (${asked.flat().join(', ')})`,
    received: present.join(', ') || 'none',
    hint: 'Say which column holds it with --map, or name another probe in the grid',
  })
}

/** The group of each image. `rows` are the dataset rows of the images that were decided, in their order. */
export function groupImages(
  groupBy: readonly string[],
  { dataset, probe, rows }: { dataset: Dataset; probe: Probe; rows: Int32Array },
): ImageGroups {
  const bases = [...new Set(groupBy.map((attribute) => sourceOf(attribute, probe.derive)))]
  const values = new Map(dataset.attributes.map((attribute) => [attribute.name, attribute.values] as const))
  return imageGroups(groupBy, { cells: crossRows(dataset, bases), values, rows }, probe.derive)
}

function sourceOf(attribute: string, derive: Probe['derive']): string {
  return derive.find(({ id }) => id === attribute)?.from ?? attribute
}
