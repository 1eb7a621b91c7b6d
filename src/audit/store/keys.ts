import { KEY_BYTES } from './segment-entry.js'

/** Keys of vectors, a SHA-256 each: in hexadecimal, or as bytes one behind the other, which is how a million of them are best handed on. */
export type Keys = readonly string[] | Buffer

/** As bytes. What is no SHA-256 becomes zeros, which no vector is kept under. */
export function keyBytes(keys: Keys): Buffer {
  if (Buffer.isBuffer(keys)) return keys
  const bytes = Buffer.alloc(keys.length * KEY_BYTES)
  keys.forEach((key, index) => {
    const at = index * KEY_BYTES
    if (key.length !== 2 * KEY_BYTES || bytes.write(key, at, 'hex') !== KEY_BYTES) bytes.fill(0, at, at + KEY_BYTES)
  })
  return bytes
}

/** In hexadecimal. */
export function hexKeys(keys: Keys): readonly string[] {
  if (!Buffer.isBuffer(keys)) return keys
  return Array.from({ length: keys.length / KEY_BYTES }, (_, index) =>
    keys.toString('hex', index * KEY_BYTES, (index + 1) * KEY_BYTES),
  )
}

/** Those at some places. */
export function someKeys(keys: Keys, indices: readonly number[]): Keys {
  if (!Buffer.isBuffer(keys)) return indices.map((index) => keys[index])
  return Buffer.concat(indices.map((index) => keys.subarray(index * KEY_BYTES, (index + 1) * KEY_BYTES)))
}
