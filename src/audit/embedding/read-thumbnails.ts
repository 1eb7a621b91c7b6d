import { availableParallelism } from 'node:os'
import pMap from 'p-map'
import type { ImageSource } from '../dataset/image-source.js'
import { greyThumbnail } from '../model/grey-thumbnail.js'
import { DEFAULT_IMAGE_LIMITS } from '../model/image-limits.js'
import { readImageBytes } from '../model/read-image-bytes.js'
import type { Quarantine } from '../types/dataset.js'
import { openSources } from './read-source.js'

/** Reads grey thumbnails of images, several at a time: images x side x side in one block, and why some could not be read. `sources` are in
 *  the order of the images; null is passed over. */
export async function readThumbnails(
  sources: readonly (ImageSource | null)[],
  side: number,
  onRead: (done: number) => void,
): Promise<{ readonly thumbnails: Uint8Array; readonly faults: ReadonlyMap<number, Quarantine> }> {
  const thumbnails = new Uint8Array(sources.length * side * side)
  const faults = new Map<number, Quarantine>()
  const readSource = openSources({ readBytes: (path, range) => readImageBytes(path, DEFAULT_IMAGE_LIMITS, range) })
  let done = 0
  await pMap(
    sources,
    async (source, image) => {
      if (source === null) return
      const content = await readSource(source)
      const read = content.kind === 'fault' ? content : await greyThumbnail(content.bytes, source.box, side)
      if (read instanceof Uint8Array) thumbnails.set(read, image * side * side)
      else faults.set(image, { code: read.code, reason: read.reason })
      onRead(++done)
    },
    { concurrency: availableParallelism() + 1 }, // one is read while the others are decoded
  )
  return { thumbnails, faults }
}
