import { writeFileWhole } from '../audit-file/write-file-whole.js'
import { safeCsvCell } from '../dataset/csv-out.js'
import { writeRows } from '../dataset/write-rows.js'
import type { Dataset } from '../types/dataset.js'
import type { Embeddings } from '../types/decisions.js'
import type { EmbeddedImages } from './embed-images.js'
import { npyHeader } from './npy-header.js'

const ROWS_AT_ONCE = 2048
export const EXPORT_HEADER = 'row,image,sha256'

/** The table of rows that goes with an exported array. */
export function exportTable(path: string): string {
  return path.replace(/\.npy$/, '.csv')
}

/** Writes the unit vectors as a NumPy array (rows x dim, float32, C order) and, beside it with the same name and .csv, which row is which
 *  image: `row,image,sha256`. Neither is held whole. Gives both paths. */
export async function writeVectors(
  path: string,
  dataset: Dataset,
  { embeddings, hashes }: Pick<EmbeddedImages, 'embeddings' | 'hashes'>,
): Promise<string[]> {
  await writeFileWhole(path, arrayOf(embeddings))
  return [path, await writeRows(exportTable(path), rowNames(embeddings, dataset, hashes))]
}

async function* arrayOf(embeddings: Embeddings): AsyncGenerator<Uint8Array, void> {
  const { rows, dim } = embeddings
  yield npyHeader([rows.length, dim])
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const vectors = await embeddings.read(start, Math.min(start + ROWS_AT_ONCE, rows.length))
    yield new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength) // Node runs on little-endian machines only
  }
}

function* rowNames(
  { rows }: Embeddings,
  { images }: Dataset,
  hashes: EmbeddedImages['hashes'],
): Generator<string, void> {
  yield EXPORT_HEADER
  for (const [index, row] of rows.entries()) yield `${index},${safeCsvCell(images[row])},${hashes[row] ?? ''}`
}
