import { createHash } from 'node:crypto'
import type { ImageSource } from '../dataset/image-source.js'
import { greyThumbnail } from '../model/grey-thumbnail.js'
import type { Quarantine } from '../types/dataset.js'
import { contentKey } from './content-key.js'
import { readEachImage } from './read-each-image.js'
import type { UseImage } from './read-each-image.js'

const SIDE = 8 // an image is decoded to see that it can be, and its pixels are thrown away

/** Reads every image once: the key of its content (with its box, so that two people of one photo are two images), and why some cannot be used.
 *  `sources` are in the order of the images; null is passed over and has no key. */
export async function checkImages(
  sources: readonly (ImageSource | null)[],
  onRead: (done: number) => void,
): Promise<{ readonly hashes: readonly (string | null)[]; readonly faults: ReadonlyMap<number, Quarantine> }> {
  const hashes: (string | null)[] = sources.map(() => null)
  const keep: UseImage = async (bytes, { box }, image) => {
    const thumbnail = await greyThumbnail(bytes, box, SIDE)
    if (!(thumbnail instanceof Uint8Array)) return thumbnail
    hashes[image] = contentKey(createHash('sha256').update(bytes).digest('hex'), box)
    return null
  }
  return { faults: await readEachImage(sources, keep, onRead), hashes }
}
