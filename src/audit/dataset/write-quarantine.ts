import type { Dataset } from '../types/dataset.js'
import { safeCsvCell } from './csv-out.js'
import { writeRows } from './write-rows.js'

/** Writes the quarantined rows as `image,code,reason`, in dataset order, so that their owner can mend them. Resolves to the path. */
export async function writeQuarantineCsv(file: string, dataset: Dataset): Promise<string> {
  return writeRows(file, quarantineRows(dataset))
}

function* quarantineRows({ images, quarantined }: Dataset): Generator<string, void> {
  yield 'image,code,reason'
  for (const [row, { code, reason }] of [...quarantined].sort(([a], [b]) => a - b))
    yield [images[row], code, reason].map(safeCsvCell).join(',')
}
