import { areaView } from './area-view.js'
import { COSINE_HASH_SIDE, cosineHash } from './cosine-hash.js'
import { GRADIENT_HASH_SIZE, gradientHash } from './gradient-hash.js'
import { THUMBNAIL_SIDE, WHOLE, type Window } from './thumbnail.js'

const KEPT = 0.95 // of each side: perceptual hashes do not survive a crop of 5 %, so what such a crop would leave is hashed as well
const SIDE = KEPT * THUMBNAIL_SIDE
const SLACK = THUMBNAIL_SIDE - SIDE

/** The whole image, and what a crop of 5 % leaves of it: the centre, and each corner. */
export const VIEWS: readonly Window[] = [
  WHOLE,
  cropAt(SLACK / 2, SLACK / 2),
  cropAt(0, 0),
  cropAt(SLACK, 0),
  cropAt(0, SLACK),
  cropAt(SLACK, SLACK),
]

/** Words of 32 bits in the hash of one view: cosine hash, then gradient hash. */
export const WORDS = 4
/** Bits in which two hashes can differ; the first bit of the cosine hash is always 0. */
export const HASH_BITS = 127

/** The hashes of all views of one thumbnail: views x words. */
export function imageHashes(thumbnail: Uint8Array): Uint32Array {
  const hashes = new Uint32Array(VIEWS.length * WORDS)
  VIEWS.forEach((window, view) => {
    const { width, height } = GRADIENT_HASH_SIZE
    const cosine = cosineHash(areaView(thumbnail, window, COSINE_HASH_SIDE, COSINE_HASH_SIDE))
    hashes.set(cosine, view * WORDS)
    hashes.set(gradientHash(areaView(thumbnail, window, width, height)), view * WORDS + cosine.length)
  })
  return hashes
}

function cropAt(left: number, top: number): Window {
  return { left, top, width: SIDE, height: SIDE }
}
