import { decodeImage } from './decode-image.js'
import type { ImageFault } from './image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from './image-limits.js'
import { openSharp } from './open-sharp.js'
import { readImageBytes } from './read-image-bytes.js'
import { CHANNELS } from './rgb-image.js'

/** A whole image squeezed into a grey square of `side` pixels: side x side, row-major, as stored (no colour management, no rotation by EXIF);
 *  or why the file cannot be used. For telling images apart, not for an encoder. */
export async function greyThumbnail(path: string, side: number): Promise<Uint8Array | ImageFault> {
  const read = await readImageBytes(path, DEFAULT_IMAGE_LIMITS)
  if (read.kind === 'fault') return read
  const image = await decodeImage(read.bytes, DEFAULT_IMAGE_LIMITS)
  if ('kind' in image) return image
  const sharp = await openSharp()
  const raw = { width: image.width, height: image.height, channels: CHANNELS } as const
  const { data } = await sharp(image.rgb, { raw })
    .resize(side, side, { fit: 'fill', kernel: 'lanczos3' })
    .greyscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
}
