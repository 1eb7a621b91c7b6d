import type { ImageFlag } from '../model/decode-image.js'
import type { ImageFormat } from '../model/sniff-format.js'

/** What is kept of an image beside its vector. */
export type ImageContent = { readonly format: ImageFormat; readonly flags: readonly ImageFlag[] }

/** Positions are part of the store's format: new words go to the end. */
const FORMATS: readonly ImageFormat[] = ['jpeg', 'png', 'webp']
const FLAGS: readonly ImageFlag[] = ['alpha-dropped', 'animated', 'cmyk', 'sixteen-bit', 'exif-orientation-ignored']
const FORMAT_BITS = 8

/** Format and flags as the number that the store keeps: the format's place in the lowest 8 bits, then one bit per flag. */
export function noteCode({ format, flags }: ImageContent): number {
  return flags.reduce((code, flag) => code | (1 << (FORMAT_BITS + FLAGS.indexOf(flag))), FORMATS.indexOf(format))
}

/** The same, read back. Throws RangeError for a number that {@link noteCode} does not give. */
export function readNoteCode(code: number): ImageContent {
  const format = FORMATS.at(code & ((1 << FORMAT_BITS) - 1))
  if (format === undefined || code >> (FORMAT_BITS + FLAGS.length) !== 0)
    throw new RangeError(`no image has the note ${code}`)
  return { format, flags: FLAGS.filter((_, place) => (code >> (FORMAT_BITS + place)) & 1) }
}
