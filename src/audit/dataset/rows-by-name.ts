import { imageKey } from './image-key.js'

/** The row of each image by the key of its name; of a name that stands twice, the first. */
export function rowsByName(images: readonly string[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  images.forEach((name, row) => {
    const key = imageKey(name)
    if (!rows.has(key)) rows.set(key, row)
  })
  return rows
}
