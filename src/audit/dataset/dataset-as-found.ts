import { createHash } from 'node:crypto'
import type { Dataset } from '../types/dataset.js'
import { datasetIdentity } from './dataset-identity.js'

/**
 * SHA-256 (hex) of a dataset as one machine finds it, before any image is opened: which dataset it is (`datasetIdentity`), its id and crop, what of its
 * file each image is, and which rows cannot be used, missing images among them. Two machines that see the same files under any path have the same; one
 * without the images has another.
 */
export function datasetAsFound(dataset: Dataset): string {
  const { id, crop, sources, parts, quarantined } = dataset
  const hash = createHash('sha256')
  const add = (value: unknown): void => void hash.update(`${JSON.stringify(value)}\n`)
  add(['probity/dataset-as-found@1', datasetIdentity(dataset), id, crop, sources.map(({ rows }) => rows)])
  for (const [row, { code }] of [...quarantined].sort(([a], [b]) => a - b)) add([row, code])
  for (const part of parts ?? []) add(part ?? null)
  return hash.digest('hex')
}
