/** Pixels of a side that the hash is made from, and frequencies of a side that it keeps. */
export const COSINE_HASH_SIDE = 32
const FREQUENCIES = 8

/** Perceptual hash by the discrete cosine transform: of the 8 x 8 lowest frequencies, which lie above their median. 64 bits as two words,
 *  of which the first (the mean brightness) is always 0. `grey` is 32 x 32, row-major.
 *  Source: Zauner 2010, Implementation and Benchmarking of Perceptual Image Hash Functions, section 3.1. */
export function cosineHash(grey: Float64Array): Uint32Array {
  const coefficients = lowFrequencies(grey)
  const median = medianOf(coefficients.subarray(1))
  const words = new Uint32Array(2)
  for (let bit = 1; bit < coefficients.length; bit++)
    if (coefficients[bit] > median) words[bit >>> 5] |= 1 << (bit & 31)
  return words
}

const WAVES = Array.from({ length: FREQUENCIES }, (_, frequency) =>
  Float64Array.from({ length: COSINE_HASH_SIDE }, (_pixel, pixel) =>
    Math.cos((Math.PI * (2 * pixel + 1) * frequency) / (2 * COSINE_HASH_SIDE)),
  ),
)

/** The scale of a coefficient does not matter, since only its place among the others does; all but the first row and column share one. */
function lowFrequencies(grey: Float64Array): Float64Array {
  const rows = new Float64Array(FREQUENCIES * COSINE_HASH_SIDE)
  for (let frequency = 0; frequency < FREQUENCIES; frequency++)
    for (let row = 0; row < COSINE_HASH_SIDE; row++) {
      let sum = 0
      for (let column = 0; column < COSINE_HASH_SIDE; column++)
        sum += grey[row * COSINE_HASH_SIDE + column] * WAVES[frequency][column]
      rows[frequency * COSINE_HASH_SIDE + row] = sum
    }
  const coefficients = new Float64Array(FREQUENCIES * FREQUENCIES)
  for (let down = 0; down < FREQUENCIES; down++)
    for (let across = 0; across < FREQUENCIES; across++) {
      let sum = 0
      for (let row = 0; row < COSINE_HASH_SIDE; row++) sum += rows[across * COSINE_HASH_SIDE + row] * WAVES[down][row]
      coefficients[down * FREQUENCIES + across] = sum
    }
  return coefficients
}

function medianOf(values: Float64Array): number {
  const ascending = values.slice().sort()
  return ascending[ascending.length >>> 1]
}
