import { availableParallelism } from 'node:os'
import pMap from 'p-map'
import type { ImageSource } from '../dataset/image-source.js'
import type { ImageFault } from '../model/image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from '../model/image-limits.js'
import { readImageBytes } from '../model/read-image-bytes.js'
import type { Quarantine } from '../types/dataset.js'
import { MOST_FILES_AT_ONCE } from './most-files-at-once.js'
import { openSources } from './read-source.js'

/** What to do with the content of one image; a fault where it cannot be used. */
export type UseImage = (bytes: Buffer, source: ImageSource, image: number) => Promise<ImageFault | null>

/** Reads images, several at a time, and says why some could not be read or used. `sources` are in the order of the images; null is passed over. */
export async function readEachImage(
  sources: readonly (ImageSource | null)[],
  use: UseImage,
  onRead: (done: number) => void,
): Promise<ReadonlyMap<number, Quarantine>> {
  const faults = new Map<number, Quarantine>()
  const readSource = openSources({ readBytes: (path, range) => readImageBytes(path, DEFAULT_IMAGE_LIMITS, range) })
  let done = 0
  await pMap(
    sources,
    async (source, image) => {
      if (source === null) return
      const content = await readSource(source)
      const fault = content.kind === 'fault' ? content : await use(content.bytes, source, image)
      if (fault !== null) faults.set(image, { code: fault.code, reason: fault.reason })
      onRead(++done)
    },
    { concurrency: Math.min(availableParallelism() + 1, MOST_FILES_AT_ONCE) }, // one is read while the others are decoded
  )
  return faults
}
