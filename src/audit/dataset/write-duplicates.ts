import type { Dataset } from '../types/dataset.js'
import { safeCsvCell } from './csv-out.js'
import { writeRows } from './write-rows.js'

/** Writes the images whose files hold the same bytes, content by content with their annotated values, so that their owner can see
 *  which labels contradict each other. `sets` are rows of the dataset. Resolves to the path. */
export async function writeDuplicatesCsv(
  file: string,
  dataset: Dataset,
  sets: readonly (readonly number[])[],
): Promise<string> {
  return writeRows(file, duplicateRows(dataset, sets))
}

function* duplicateRows(
  { images, attributes }: Dataset,
  sets: readonly (readonly number[])[],
): Generator<string, void> {
  yield ['content', 'image', ...attributes.map(({ name }) => name)].map(safeCsvCell).join(',')
  for (const [index, rows] of sets.entries())
    for (const row of rows) {
      const values = attributes.map((attribute) => attribute.values[attribute.codes[row]])
      yield [String(index + 1), images[row], ...values].map(safeCsvCell).join(',')
    }
}
