import { writeFileWhole } from '../audit-file/write-file-whole.js'
import { safeCsvCell } from '../dataset/csv-out.js'
import { writeRows } from '../dataset/write-rows.js'
import type { Dataset } from '../types/dataset.js'
import type { Embeddings } from '../types/decisions.js'
import { describeExport } from './describe-export.js'
import type { ExportedFrom } from './describe-export.js'
import type { EmbeddedImages } from './embed-images.js'
import { npyHeader } from './npy-header.js'
import { safetensorsHeader } from './safetensors-header.js'

const ROWS_AT_ONCE = 2048
const ENDING = /\.(npy|safetensors)$/
export const EXPORT_HEADER = 'row,image,sha256'

/** The table of rows that goes with exported vectors. */
export function exportTable(path: string): string {
  return path.replace(ENDING, '.csv')
}

/** What says where exported vectors come from, for `--from-embeddings`. */
export function exportDescription(path: string): string {
  return path.replace(ENDING, '.yaml')
}

/** Writes the unit vectors as a NumPy array or a safetensors file (rows x dim, float32, C order), by the ending of `path`. Beside it, with the same
 *  name: a .csv of which row is which image (`row,image,sha256`), and a .yaml by which an audit reads both. Vectors are never held whole. Gives the
 *  paths. */
export async function writeVectors(
  path: string,
  dataset: Dataset,
  { embeddings, hashes }: Pick<EmbeddedImages, 'embeddings' | 'hashes'>,
  from: ExportedFrom,
): Promise<string[]> {
  const table = exportTable(path)
  const description = exportDescription(path)
  await writeFileWhole(path, vectorsOf(embeddings, path))
  await writeRows(table, rowNames(embeddings, dataset, hashes))
  await writeFileWhole(description, describeExport(from, { description, vectors: path, table, dim: embeddings.dim }))
  return [path, table, description]
}

async function* vectorsOf(embeddings: Embeddings, path: string): AsyncGenerator<Uint8Array, void> {
  const { rows, dim } = embeddings
  yield path.endsWith('.npy') ? npyHeader([rows.length, dim]) : safetensorsHeader([rows.length, dim])
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
