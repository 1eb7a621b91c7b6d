import { alignedCorrelation } from './aligned-correlation.js'
import { hashDistance } from './hash-distance.js'
import { HASH_BITS } from './image-hashes.js'
import { THUMBNAIL_SIDE } from './thumbnail.js'

/** Images as they are compared: thumbnails (images x side x side) and hashes (images x views x words). */
export type Hashed = { readonly images: number; readonly thumbnails: Uint8Array; readonly hashes: Uint32Array }

/** The image of a reference set that is most like one image. */
export type PixelNeighbour = {
  readonly reference: number
  /** Bits of {@link HASH_BITS}. */
  readonly hashDistance: number
  /** Once aligned; null where the hashes are too far apart to look. */
  readonly correlation: number | null
}

/** Bits: copies that were resized, recompressed and cropped by 5 % lie at 15 or less, and of 768,180 pairs of other faces and portraits 1 in
 *  1,700 does. So a hash alone cannot tell, and the pixels of these pairs are compared. */
export const MOST_DISTANCE = 20
/** Copies lie above once aligned, others below (test/e2e/overlap.test.ts). */
export const LEAST_CORRELATION = 0.96
const MOST_ALIGNED = 40 // per image: in a set of pictures that are all alike every pair would be near

/** Looks through all images of a reference set for the one most like `image` of `audited`. null for an empty set. Cost: a few operations per
 *  image of the reference set, and an alignment for each that is near by its hash. */
export function nearestByPixels(audited: Hashed, image: number, reference: Hashed): PixelNeighbour | null {
  let nearest: PixelNeighbour | null = null
  const near: { reference: number; distance: number }[] = []
  for (let other = 0; other < reference.images; other++) {
    const least = nearest?.hashDistance ?? HASH_BITS + 1
    const limit = Math.max(least, MOST_DISTANCE + 1)
    const distance = hashDistance(audited.hashes, image, reference.hashes, other, limit)
    if (distance < least) nearest = { reference: other, hashDistance: distance, correlation: null }
    if (distance <= MOST_DISTANCE) near.push({ reference: other, distance })
  }
  const own = thumbnailOf(audited, image)
  const tried = near.sort((a, b) => a.distance - b.distance).slice(0, MOST_ALIGNED)
  const aligned = tried.map(({ reference: other, distance }): PixelNeighbour => ({
    reference: other,
    hashDistance: distance,
    correlation: alignedCorrelation(own, thumbnailOf(reference, other)),
  }))
  return aligned.reduce((best, one) => ((one.correlation ?? -1) > (best?.correlation ?? -1) ? one : best), nearest)
}

/** Whether two images are taken for copies of one another. */
export function isCopy({ correlation }: PixelNeighbour): boolean {
  return correlation !== null && correlation >= LEAST_CORRELATION
}

function thumbnailOf({ thumbnails }: Hashed, image: number): Uint8Array {
  const size = THUMBNAIL_SIDE * THUMBNAIL_SIDE
  return thumbnails.subarray(image * size, (image + 1) * size)
}
