import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import pMap from 'p-map'
import type { ImageSource } from '../dataset/image-source.js'
import { greyThumbnail } from '../model/grey-thumbnail.js'
import { DEFAULT_IMAGE_LIMITS } from '../model/image-limits.js'
import { readImageBytes } from '../model/read-image-bytes.js'
import type { Quarantine } from '../types/dataset.js'
import { openSources } from './read-source.js'

const SIDE = 8 // an image is decoded to see that it can be, and its pixels are thrown away

/** Reads every image once: the SHA-256 of its bytes (with its box, so that two people of one photo are two images), and why some cannot be
 *  used. `sources` are in the order of the images; null is passed over and has no hash. */
export async function checkImages(
  sources: readonly (ImageSource | null)[],
  onRead: (done: number) => void,
): Promise<{ readonly hashes: readonly (string | null)[]; readonly faults: ReadonlyMap<number, Quarantine> }> {
  const hashes: (string | null)[] = sources.map(() => null)
  const faults = new Map<number, Quarantine>()
  const readSource = openSources({ readBytes: (path, range) => readImageBytes(path, DEFAULT_IMAGE_LIMITS, range) })
  let done = 0
  await pMap(
    sources,
    async (source, image) => {
      if (source === null) return
      const content = await readSource(source)
      const read = content.kind === 'fault' ? content : await greyThumbnail(content.bytes, source.box, SIDE)
      if (!(read instanceof Uint8Array)) faults.set(image, { code: read.code, reason: read.reason })
      else if (content.kind === 'bytes')
        hashes[image] = createHash('sha256').update(content.bytes).update(JSON.stringify(source.box)).digest('hex')
      onRead(++done)
    },
    { concurrency: availableParallelism() + 1 }, // one is read while the others are decoded
  )
  return { hashes, faults }
}
