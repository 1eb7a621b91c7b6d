import { availableParallelism } from 'node:os'
import pMap from 'p-map'
import { greyThumbnail } from '../model/grey-thumbnail.js'
import type { Quarantine } from '../types/dataset.js'

/** Reads grey thumbnails of images, several at a time: images x side x side in one block, and why some could not be read. `paths` are in the
 *  order of the images; a null path is passed over. */
export async function readThumbnails(
  paths: readonly (string | null)[],
  side: number,
  onRead: (done: number) => void,
): Promise<{ readonly thumbnails: Uint8Array; readonly faults: ReadonlyMap<number, Quarantine> }> {
  const thumbnails = new Uint8Array(paths.length * side * side)
  const faults = new Map<number, Quarantine>()
  let done = 0
  await pMap(
    paths,
    async (path, image) => {
      if (path === null) return
      const read = await greyThumbnail(path, side)
      if (read instanceof Uint8Array) thumbnails.set(read, image * side * side)
      else faults.set(image, { code: read.code, reason: read.reason })
      onRead(++done)
    },
    { concurrency: availableParallelism() + 1 }, // one is read while the others are decoded
  )
  return { thumbnails, faults }
}
