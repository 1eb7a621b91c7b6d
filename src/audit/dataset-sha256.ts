import { createHash } from 'node:crypto'
import type { Dataset } from './types/dataset.js'

/**
 * SHA-256 over all that embedding asks of a dataset: its label files, the image of each row and what of its file it is, and which rows are left out or
 * cannot be used, missing images among them. Two machines that see the same files under any path have the same; one without the images has another.
 */
export function datasetSha256({ id, crop, sources, images, parts, excluded, quarantined }: Dataset): string {
  const hash = createHash('sha256')
  const add = (value: unknown): void => void hash.update(`${JSON.stringify(value)}\n`)
  add(['probity/dataset-rows@1', id, crop, images.length])
  for (const { sha256, rows } of sources) add([sha256, rows])
  images.forEach((image, row) => {
    const reason = quarantined.get(row)?.code ?? (excluded.has(row) ? 'excluded' : null)
    add([image, reason, parts?.[row] ?? null])
  })
  return hash.digest('hex')
}
