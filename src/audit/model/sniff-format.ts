import { isJpegWithoutEnd } from './jpeg-scans.js'

/** Formats that are decoded. */
export type ImageFormat = 'jpeg' | 'png' | 'webp'

/** What the first bytes say: a decoded format, the name of one that is blocked, or nothing known. */
export type Sniffed =
  | { readonly kind: 'allowed'; readonly format: ImageFormat }
  | { readonly kind: 'blocked'; readonly name: string }
  | { readonly kind: 'unknown' }

const HEAD_BYTES = 512 // an SVG may begin with a declaration and comments

const SIGNATURES: readonly (readonly [name: string, offset: number, bytes: string])[] = [
  ['GIF', 0, 'GIF8'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['BigTIFF', 0, 'II+\0'],
  ['BigTIFF', 0, 'MM\0+'],
  ['PDF', 0, '%PDF'],
  ['JPEG 2000', 4, 'jP  \r\n'],
  ['JPEG 2000', 0, '\xff\x4f\xff\x51'],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL '],
  ['BMP', 0, 'BM'],
  ['ICO', 0, '\0\0\x01\0'],
  ['AVIF', 4, 'ftypavi'],
  ['HEIC', 4, 'ftyp'],
  ['OpenEXR', 0, 'v/1\x01'],
  ['Photoshop', 0, '8BPS'],
]

/** The format by content; the file name decides nothing. */
export function sniffFormat(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return { kind: 'allowed', format: 'jpeg' }
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'allowed', format: 'png' }
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return { kind: 'allowed', format: 'webp' }
  const blocked = SIGNATURES.find(([, offset, signature]) => head.startsWith(signature, offset))
  if (blocked !== undefined) return { kind: 'blocked', name: blocked[0] }
  return /^(\xef\xbb\xbf)?\s*<(\?xml|!--|!doctype|svg)/i.test(head) && /<svg/i.test(head)
    ? { kind: 'blocked', name: 'SVG' }
    : { kind: 'unknown' }
}

/** Whether the bytes of an allowed format stop before the format says that they end. */
export function isCutShort(bytes: Uint8Array, format: ImageFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (format === 'jpeg') return isJpegWithoutEnd(bytes)
  if (format === 'webp') return bytes.length >= 12 && view.getUint32(4, true) + 8 > bytes.length
  return format === 'png' && pngChunks(view).at(-1) !== 'IEND'
}

/** Whether a PNG holds an animation (an `acTL` chunk); libpng decodes its first frame and does not say so. */
export function isAnimatedPng(bytes: Uint8Array): boolean {
  return pngChunks(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).includes('acTL')
}

/** Names of the chunks that are wholly there, in order. */
function pngChunks(view: DataView): string[] {
  const names: string[] = []
  let offset = 8 // after the signature
  while (offset + 12 <= view.byteLength) {
    const length = view.getUint32(offset)
    const end = offset + 12 + length
    if (end > view.byteLength) break
    const name = [4, 5, 6, 7].map((index) => String.fromCharCode(view.getUint8(offset + index))).join('')
    names.push(name)
    if (name === 'IEND') break
    offset = end
  }
  return names
}
