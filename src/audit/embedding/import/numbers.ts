import { halfToNumber } from '../../model/half-float.js'
import type { NumberKind } from '../../types/vectors.js'

export const BYTES_OF: Readonly<Record<NumberKind, number>> = { float16: 2, bfloat16: 2, float32: 4, float64: 8 }

/** Little-endian numbers as float32, as numpy's `astype("float32")` has them: from float64 rounded to the nearest, ties to even, and infinite
 *  beyond the largest. The bytes must start their own buffer; those of float32 are not copied. */
export function toFloat32(bytes: Uint8Array<ArrayBuffer>, kind: NumberKind): Float32Array {
  const { buffer, length } = bytes
  switch (kind) {
    case 'float32':
      return new Float32Array(buffer, 0, length / 4)
    case 'float64':
      return new Float32Array(new Float64Array(buffer, 0, length / 8))
    case 'bfloat16':
      return fromUpperHalves(new Uint16Array(buffer, 0, length / 2))
    case 'float16':
      return fromHalves(new Uint16Array(buffer, 0, length / 2))
  }
}

let halves: Float32Array | undefined // 65,536 numbers: looking one up is some ten times faster than working it out

function fromHalves(bits: Uint16Array): Float32Array {
  halves ??= Float32Array.from({ length: 65_536 }, (_, each) => halfToNumber(each))
  const numbers = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) numbers[i] = halves[bits[i]]
  return numbers
}

/** bfloat16 is the upper half of a float32. */
function fromUpperHalves(bits: Uint16Array): Float32Array {
  const whole = new Uint32Array(bits.length)
  for (let i = 0; i < bits.length; i++) whole[i] = bits[i] << 16
  return new Float32Array(whole.buffer)
}
