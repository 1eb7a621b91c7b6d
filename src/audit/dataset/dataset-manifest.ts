import { createHash } from 'node:crypto'
import type { Dataset } from '../types/dataset.js'

/** SHA-256 (hex) of what an audit looked at: the hash of each label file and a line feed, then for every processed row, in row order, the
 *  image name, a tab, the hash of its bytes (of a part of a picture: of them and its box) and a line feed. `imageHashes` has one entry per row; rows whose image has none (it could not
 *  be read) are left out. Null when no image was opened: then over the label file alone. */
export function manifestSha256(dataset: Dataset, imageHashes: readonly (string | null)[] | null): string {
  const hash = createHash('sha256')
  for (const { sha256 } of dataset.sources) hash.update(`${sha256}\n`)
  imageHashes?.forEach((imageHash, row) => {
    if (imageHash === null || dataset.excluded.has(row) || dataset.quarantined.has(row)) return
    hash.update(`${dataset.images[row]}\t${imageHash}\n`)
  })
  return hash.digest('hex')
}
