import type { Box } from '../types/dataset.js'
import { cutBox } from './cut-box.js'
import { decodeImage } from './decode-image.js'
import type { ImageFault } from './image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from './image-limits.js'
import { openSharp } from './open-sharp.js'
import { CHANNELS } from './rgb-image.js'

/** A whole image, or the box of it, squeezed into a grey square of `side` pixels: side x side, row-major, as stored (no colour management, no
 *  rotation by EXIF); or why it cannot be used. For telling images apart, not for an encoder. */
export async function greyThumbnail(
  bytes: Uint8Array,
  box: Box | null,
  side: number,
): Promise<Uint8Array | ImageFault> {
  const decoded = await decodeImage(bytes, DEFAULT_IMAGE_LIMITS)
  if ('kind' in decoded) return decoded
  const image = box === null ? decoded : cutBox(decoded, box)
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
