import { sniffFormat } from '../../src/audit/model/sniff-format.js'

/** The size that a file states of itself, read without a decoder; null where it cannot be found. */
export function statedSize(bytes: Buffer): readonly [width: number, height: number] | null {
  const sniffed = sniffFormat(bytes)
  if (sniffed.kind !== 'allowed') return null
  if (sniffed.format === 'png') return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  return sniffed.format === 'jpeg' ? ofJpeg(bytes) : ofWebp(bytes)
}

function ofJpeg(bytes: Buffer): readonly [number, number] | null {
  for (let at = 2; at + 9 < bytes.length;) {
    while (at < bytes.length && bytes[at] !== 0xff) at++
    while (bytes[at] === 0xff) at++
    const marker = bytes[at++]
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 3)]
    if (marker > 0x01 && (marker < 0xd0 || marker > 0xd7)) at += bytes.readUInt16BE(at)
  }
  return null
}

function ofWebp(bytes: Buffer): readonly [number, number] | null {
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return [1 + bytes.readUIntLE(24, 3), 1 + bytes.readUIntLE(27, 3)]
  if (kind === 'VP8 ') return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]
  const bits = bytes.readUInt32LE(21)
  return kind === 'VP8L' ? [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)] : null
}
