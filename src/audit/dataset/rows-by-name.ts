import type { Dataset } from '../types/dataset.js'
import { imageKey } from './image-key.js'

/** The row of each image by the key of its name; of a name that stands twice, the first. */
export function rowsByName(images: readonly string[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  for (let row = 0; row < images.length; row++) {
    const key = imageKey(images[row])
    if (!rows.has(key)) rows.set(key, row)
  }
  return rows
}

/** Finds the row of an image by its name as {@link rowsByName} has it; undefined for one that the dataset lacks. Names that come in the order of the
 *  dataset, each once or several times in a row, are found without an index of all names, which takes longer to make than a file takes to read. */
export function rowFinder({
  images,
  distinctNames,
}: Pick<Dataset, 'images' | 'distinctNames'>): (name: string) => number | undefined {
  let index: ReadonlyMap<string, number> | null = null
  let last = -1
  return (name) => {
    if (distinctNames === true && images.length > 0) {
      const next = (last + 1) % images.length // another label set begins again
      if (name === images[next]) return (last = next)
      if (name === images[last]) return last
    }
    index ??= rowsByName(images)
    const row = index.get(imageKey(name))
    last = row ?? last
    return row
  }
}
