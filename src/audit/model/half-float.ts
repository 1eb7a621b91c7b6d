const SIGN = 0x8000
const INFINITY_BITS = 0x7c00
const NAN_BITS = 0x7e00
const LARGEST_EXPONENT = 31
const SMALLEST_STEP = 2 ** -24 // between two subnormal numbers
const SMALLEST_NORMAL = 2 ** -14
const OVERFLOW = 65520 // halfway between the largest half, 65504, and the next that there would be

/** The number that 16 bits of IEEE 754 half precision stand for. Every one is a float32, so nothing is rounded. */
export function halfToNumber(bits: number): number {
  const sign = (bits & SIGN) === 0 ? 1 : -1
  const exponent = (bits >> 10) & LARGEST_EXPONENT
  const fraction = bits & 1023
  if (exponent === LARGEST_EXPONENT) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0 ? sign * fraction * SMALLEST_STEP : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The 16 bits of the nearest half, halves to even as numpy and ONNX Runtime round; beyond the largest half it is infinity. */
export function numberToHalf(value: number): number {
  if (Number.isNaN(value)) return NAN_BITS
  const sign = value < 0 || Object.is(value, -0) ? SIGN : 0
  const size = Math.abs(value)
  if (size >= OVERFLOW) return sign | INFINITY_BITS
  if (size < SMALLEST_NORMAL) return sign | halfToEven(size / SMALLEST_STEP) // 1024 of them is the smallest normal number
  const exponent = Math.min(15, exponentOf(size))
  const fraction = halfToEven((size / 2 ** exponent - 1) * 1024) // may be 1024, which carries into the exponent
  return sign | (((exponent + 15) << 10) + fraction)
}

/** Halves as float32, exactly. */
export function halvesToFloats(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, halfToNumber)
}

/** Largest n with 2^n at most `size`; log2 alone may be off by one beside a power of two. */
function exponentOf(size: number): number {
  const exponent = Math.floor(Math.log2(size))
  if (2 ** exponent > size) return exponent - 1
  return 2 ** (exponent + 1) <= size ? exponent + 1 : exponent
}

function halfToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
