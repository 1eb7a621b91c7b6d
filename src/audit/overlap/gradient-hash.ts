/** Size of the picture that the hash is made from: one column more than bits in a row. */
export const GRADIENT_HASH_SIZE = { width: 9, height: 8 }

/** Perceptual hash by differences: of each pixel, whether its right neighbour is brighter. 64 bits as two words. `grey` is 9 x 8, row-major.
 *  It sees where edges lie, which the cosine hash sees least of. Source: Krawetz 2013, "Kind of Like That" (dHash). */
export function gradientHash(grey: Float64Array): Uint32Array {
  const { width, height } = GRADIENT_HASH_SIZE
  const words = new Uint32Array(2)
  let bit = 0
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width - 1; column++, bit++) {
      const pixel = row * width + column
      if (grey[pixel] < grey[pixel + 1]) words[bit >>> 5] |= 1 << (bit & 31)
    }
  return words
}
