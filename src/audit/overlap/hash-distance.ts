import { HASH_BITS, VIEWS, WORDS } from './image-hashes.js'

/** How far two images are apart by their hashes, in bits: the smallest distance between the whole of one and a view of the other. `a` and
 *  `b` hold images x views x words; `first` and `second` are images. A distance of `limit` or more may be given as any number from `limit`:
 *  what is not near need not be counted to the end. */
export function hashDistance(
  a: Uint32Array,
  first: number,
  b: Uint32Array,
  second: number,
  limit = HASH_BITS + 1,
): number {
  const [one, other] = [first * STRIDE, second * STRIDE]
  let least = wordsApart(a, one, b, other, limit)
  for (let view = WORDS; view < STRIDE; view += WORDS) {
    const own = wordsApart(a, one, b, other + view, least)
    if (own < least) least = own
    const theirs = wordsApart(a, one + view, b, other, least)
    if (theirs < least) least = theirs
  }
  return least
}

const STRIDE = VIEWS.length * WORDS

function wordsApart(a: Uint32Array, at: number, b: Uint32Array, bt: number, limit: number): number {
  const half = bitsSet(a[at] ^ b[bt]) + bitsSet(a[at + 1] ^ b[bt + 1])
  if (half >= limit) return half
  return half + bitsSet(a[at + 2] ^ b[bt + 2]) + bitsSet(a[at + 3] ^ b[bt + 3])
}

/** Ones in a word of 32 bits, summed in parallel over pairs, fours and bytes. Source: Warren 2012, Hacker's Delight, section 5-1. */
function bitsSet(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
