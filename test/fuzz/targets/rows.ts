import type { Dataset } from '../../../src/audit/types/dataset.js'
import type { DatasetPlan } from '../../../src/audit/types/definitions.js'
import { RowsLost } from '../target.js'

/** A plan that looks for no images and maps nothing. */
export function planOf(labels: string, parts: Partial<DatasetPlan> = {}): DatasetPlan {
  return {
    format: 'csv',
    id: 'fuzz',
    labels,
    images: null,
    crop: null,
    map: [],
    where: [],
    unknownValues: 'refuse',
    followOutside: false,
    licence: null,
    simulated: false,
    ...parts,
  }
}

/** Rows in = processed + quarantined + excluded, each counted once, and a value for every row in every attribute. `rows`: how many the file has, where it
 *  is known. Throws RowsLost. */
export function accountFor(
  { images, attributes, excluded, quarantined, paths, sources }: Dataset,
  rows?: number,
): void {
  const lost = (what: string): never => {
    throw new RowsLost(what)
  }
  const skipped = new Set([...excluded.keys(), ...quarantined.keys()])
  if (skipped.size !== excluded.size + quarantined.size) lost('a row that is excluded and quarantined')
  if ([...skipped].some((row) => !Number.isInteger(row) || row < 0 || row >= images.length))
    lost('a row that is not there')
  for (const { name, codes, values } of attributes) {
    if (codes.length !== images.length) lost(`${codes.length} values of ${name} for ${images.length} rows`)
    if (codes.some((code) => values[code] === undefined)) lost(`a row without a value of ${name}`)
  }
  if (paths !== null && paths.length !== images.length) lost(`${paths.length} places for ${images.length} rows`)
  const read = sources[0]?.rows
  if (rows !== undefined && rows !== images.length) lost(`${images.length} rows of ${rows}`)
  if (sources.length === 1 && read !== images.length) lost(`${read} rows read and ${images.length} rows given`)
}
