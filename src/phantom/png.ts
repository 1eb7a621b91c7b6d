const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const MOST_STORED = 65535 // the length field of a stored block has 16 bits

/**
 * An indexed-colour PNG of at most 65,535 bytes of pixels, stored without compression.
 * Not sharp: this is ten times faster for thousands of small tiles, and its bytes do not depend on the version of a
 * compression library, so the phantom's files have the same hashes on every machine.
 * `pixels`: palette indices, height x width, row by row. `palette`: red, green, blue for each index, at most 256.
 */
export function encodeIndexedPng(width: number, height: number, pixels: Uint8Array, palette: Uint8Array): Uint8Array {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, 3], 8) // 8 bits per pixel, indexed colour
  const chunks = [
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', storedZlib(filterNone(width, height, pixels))),
    chunk('IEND', new Uint8Array(0)),
  ]
  return concatenate([SIGNATURE, ...chunks])
}

/** Each row starts with the number of its filter; 0 leaves it as it is. */
function filterNone(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const rows = new Uint8Array(height * (width + 1))
  for (let row = 0; row < height; row += 1) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  }
  return rows
}

/** One stored block in a zlib stream (RFC 1950, RFC 1951 section 3.2.4). */
function storedZlib(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MOST_STORED) throw new RangeError(`a tile of ${bytes.length} bytes does not fit one stored block`)
  const stream = new Uint8Array(bytes.length + 11)
  const view = new DataView(stream.buffer)
  stream.set([0x78, 0x01, 0x01])
  view.setUint16(3, bytes.length, true)
  view.setUint16(5, bytes.length ^ 0xffff, true)
  stream.set(bytes, 7)
  view.setUint32(bytes.length + 7, adler32(bytes))
  return stream
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let index = 0; index < 4; index += 1) bytes[index + 4] = type.charCodeAt(index)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)))
  return bytes
}

function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return ((high << 16) | low) >>> 0
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  }
  return remainder
})

function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff
  for (const byte of bytes) remainder = (CRC_TABLE[(remainder ^ byte) & 255] ?? 0) ^ (remainder >>> 8)
  return (remainder ^ 0xffffffff) >>> 0
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.length
  }
  return joined
}
