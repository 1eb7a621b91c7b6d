import type { ImageSource } from '../dataset/image-source.js'
import { openDecoder } from '../model/isolated-decoder.js'
import type { Quarantine } from '../types/dataset.js'
import type { Isolation } from '../types/isolation.js'
import { readEachImage } from './read-each-image.js'
import type { UseImage } from './read-each-image.js'

/** Reads grey thumbnails of images: images x side x side in one block, and why some could not be read. `sources` are in the order of the images;
 *  null is passed over. With `isolation` they are decoded in a process of their own. */
export async function readThumbnails(
  sources: readonly (ImageSource | null)[],
  side: number,
  onRead: (done: number) => void,
  isolation?: Isolation,
): Promise<{ readonly thumbnails: Uint8Array; readonly faults: ReadonlyMap<number, Quarantine> }> {
  const thumbnails = new Uint8Array(sources.length * side * side)
  const decoder = openDecoder(isolation)
  const keep: UseImage = async (bytes, { box }, image) => {
    const thumbnail = await decoder.greyThumbnail(bytes, box, side)
    if (!(thumbnail instanceof Uint8Array)) return thumbnail
    thumbnails.set(thumbnail, image * side * side)
    return null
  }
  try {
    return { faults: await readEachImage(sources, keep, onRead), thumbnails }
  } finally {
    decoder.close()
  }
}
