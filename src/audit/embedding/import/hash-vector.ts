const words = new Uint32Array(2)
const whole = new BigUint64Array(words.buffer)

/** 64 bits that are the same for the same numbers, and else, but for one in 10^19, not: two lanes of multiplying and mixing, each as in MurmurHash3
 *  (Appleby 2011). Zero and minus zero are different to it. */
export function hashVector(numbers: Float32Array, from: number, dim: number): bigint {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset + from * 4, dim)
  let first = dim
  let second = ~dim
  for (let i = 0; i < dim; i++) {
    first = mixed(first, Math.imul(bits[i], 0xcc9e2d51))
    second = mixed(second, Math.imul(bits[i] ^ 0x5bd1e995, 0x1b873593))
  }
  words[0] = finished(first)
  words[1] = finished(second)
  return whole[0]
}

function mixed(state: number, word: number): number {
  const turned = state ^ Math.imul((word << 15) | (word >>> 17), 0x85ebca6b)
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0
}

function finished(state: number): number {
  let bits = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
