import { halfToNumber } from './half-float.js'

/** One little-endian number of a type as safetensors names it, or null where the bytes are not one number of that type. */
export function decodeScalar(bytes: Uint8Array, dtype: string): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (dtype === 'F32' && bytes.length === 4) return view.getFloat32(0, true)
  if (dtype === 'F64' && bytes.length === 8) return view.getFloat64(0, true)
  if (dtype === 'F16' && bytes.length === 2) return halfToNumber(view.getUint16(0, true))
  if (dtype === 'BF16' && bytes.length === 2) return upperHalfOfFloat32(view.getUint16(0, true))
  return null
}

/** bfloat16 is the upper half of a float32. */
function upperHalfOfFloat32(bits: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint16(0, bits)
  return view.getFloat32(0)
}
