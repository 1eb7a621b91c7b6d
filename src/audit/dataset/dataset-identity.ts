import { createHash } from 'node:crypto'
import type { Dataset } from '../types/dataset.js'

/** SHA-256 (hex) of what decides which images a dataset is of, before any of them is opened: the hash of each label file, then of every row its image name,
 *  the box that is cut out, and whether a filter leaves it out. The same on every machine, wherever the images lie and whichever are missing. */
export function datasetIdentity({ sources, images, parts, excluded }: Dataset): string {
  const hash = createHash('sha256')
  for (const { sha256 } of sources) hash.update(`${sha256}\n`)
  images.forEach((image, row) => {
    const box = parts?.[row]?.box ?? null
    hash.update(`${JSON.stringify([image, box, excluded.has(row)])}\n`)
  })
  return hash.digest('hex')
}
