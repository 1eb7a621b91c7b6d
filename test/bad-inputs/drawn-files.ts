import { deflateSync } from 'node:zlib'
import sharp, { type JpegOptions, type Sharp } from 'sharp'
import { drawnImage } from '../audit/model/drawn-image.js'

/** A drawn photograph-like picture as a JPEG of some kilobytes. */
export function drawnJpeg(width = 96, height = 72, options: JpegOptions = {}): Promise<Buffer> {
  return drawn(width, height).jpeg(options).toBuffer()
}

export function drawnPng(width = 96, height = 72): Promise<Buffer> {
  return drawn(width, height).png().toBuffer()
}

export function drawnWebp(width = 96, height = 72): Promise<Buffer> {
  return drawn(width, height).webp().toBuffer()
}

/** Noise and rings: hard to compress, so that half of the bytes are half of the picture. */
function drawn(width: number, height: number): Sharp {
  return sharp(drawnImage('noise', width, height, 1).rgb, { raw: { width, height, channels: 3 } })
}

/** A PNG with chunks put in after its header. */
export function pngWith(png: Buffer, ...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, PNG_HEAD), ...chunks, png.subarray(PNG_HEAD)])
}

/** The same picture under a header that tells of another size, with a right checksum. */
export function pngOfStatedSize(png: Buffer, width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29))
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  return Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(PNG_HEAD)])
}

const PNG_HEAD = 33 // signature and IHDR

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

/** A whole black-and-white PNG of zeros: a thousand times smaller than its pixels. */
export function pngOfZeros(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1 // bit
  const data = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 })
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', data), pngChunk('IEND', Buffer.alloc(0))])
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 255] ^ (value >>> 8)
  return ~value >>> 0
}

/** A JPEG with segments put in after its start. */
export function jpegWith(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

export function jpegSegment(marker: number, body: Uint8Array): Buffer {
  const head = Buffer.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255)
  return Buffer.concat([head, body])
}

/** The same picture under a header that tells of another size. */
export function jpegOfStatedSize(jpeg: Buffer, width: number, height: number): Buffer {
  const lying = Buffer.from(jpeg)
  const frame = lying.indexOf(Buffer.of(0xff, 0xc0))
  lying.writeUInt16BE(height, frame + 5)
  lying.writeUInt16BE(width, frame + 7)
  return lying
}

const MOST_BLOCKS_SKIPPED = 32_767 // by one code of a progressive scan

/** A grey progressive JPEG of empty scans, each allowed by the format (63 coefficients, 14 bits of each) and each of some bytes. */
export function jpegOfScans(width: number, height: number, scans: number, between: Buffer = Buffer.alloc(0)): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  const onlyCode = (id: number, symbol: number): Buffer =>
    jpegSegment(0xc4, Buffer.of(id, 1, ...Array<number>(15).fill(0), symbol))
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  const parts = [
    Buffer.of(0xff, 0xd8),
    jpegSegment(0xdb, Buffer.of(0, ...Array<number>(64).fill(1))),
    jpegSegment(0xc2, Buffer.of(8, ...size, 1, 1, 0x11, 0)),
    onlyCode(0x00, 0), // a bit for each block: no difference
    onlyCode(0x10, 0xe0), // and one that skips many blocks
    jpegSegment(0xda, Buffer.of(1, 1, 0, 0, 0, 0)),
    packed('0'.repeat(blocks)),
  ]
  const empty = packed(skipping(blocks))
  for (let scan = 1; scan < scans; scan++) {
    const coefficient = 1 + Math.floor((scan - 1) / 14)
    const bit = 13 - ((scan - 1) % 14)
    const precision = ((bit === 13 ? 0 : bit + 1) << 4) | bit
    parts.push(between, jpegSegment(0xda, Buffer.of(1, 1, 0, coefficient, coefficient, precision)), empty)
  }
  return Buffer.concat([...parts, Buffer.of(0xff, 0xd9)])
}

function skipping(blocks: number): string {
  let bits = ''
  for (let left = blocks; left > 0;) {
    const run = left < 16_384 ? 16_384 : Math.min(left, MOST_BLOCKS_SKIPPED)
    bits += `0${(run - 16_384).toString(2).padStart(14, '0')}`
    left -= run
  }
  return bits
}

/** Bits as bytes of a scan: filled up with ones, and a zero after each 0xff. */
function packed(bits: string): Buffer {
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '1'), 2))
  return Buffer.from(bytes.flatMap((byte) => (byte === 255 ? [255, 0] : [byte])))
}
