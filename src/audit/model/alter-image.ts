import { blurImage } from './blur-image.js'
import { openSharp } from './open-sharp.js'
import { CHANNELS } from './rgb-image.js'
import type { RgbImage } from './rgb-image.js'
import type { Transform } from '../types/measures.js'

/**
 * Alters a decoded image before a model's preprocessing: same input, same bytes. All of it is done on stored 8-bit values, without
 * colour management, and lengths are stored pixels, so an alteration is stronger on a small image than on a large one.
 * - `blur`: see {@link blurImage}.
 * - `brightness`: each value times the factor, clamped to 0 to 255, rounded half up.
 * - `jpeg`: written as baseline JPEG of that quality with halved colour resolution (4:2:0), and read again.
 * - `grey`: three equal channels, ITU-R 601-2 luma as Pillow computes it, (19595 R + 38470 G + 7471 B + 32768) >> 16.
 * - `crop`: the centre; of each side, side times `keep` rounded half up stays, and an odd pixel is cut at the right and the bottom.
 */
export async function alterImage(image: RgbImage, transform: Transform): Promise<RgbImage> {
  switch (transform.alter) {
    case 'blur':
      return blurImage(image, transform.sigma)
    case 'brightness':
      return brightenImage(image, transform.factor)
    case 'jpeg':
      return compressImage(image, transform.quality)
    case 'grey':
      return greyImage(image)
    case 'crop':
      return cropCentre(image, transform.keep)
  }
}

const HIGHEST = 255

function brightenImage({ width, height, rgb }: RgbImage, factor: number): RgbImage {
  const brightened = Uint8Array.from({ length: HIGHEST + 1 }, (_, value) =>
    Math.min(HIGHEST, Math.floor(value * factor + 0.5)),
  )
  return { width, height, rgb: rgb.map((value) => brightened[value]) }
}

async function compressImage({ width, height, rgb }: RgbImage, quality: number): Promise<RgbImage> {
  const sharp = await openSharp()
  const raw = { width, height, channels: CHANNELS } as const
  const options = { quality, chromaSubsampling: '4:2:0', mozjpeg: false, optimiseCoding: false } as const
  const written = await sharp(rgb, { raw }).jpeg(options).toBuffer()
  const { buffer, byteOffset, byteLength } = await sharp(written).raw().toBuffer()
  return { width, height, rgb: new Uint8Array(buffer, byteOffset, byteLength) }
}

function greyImage({ width, height, rgb }: RgbImage): RgbImage {
  const grey = new Uint8Array(rgb.length)
  for (let i = 0; i < rgb.length; i += CHANNELS) {
    const luma = (19595 * rgb[i] + 38470 * rgb[i + 1] + 7471 * rgb[i + 2] + 32768) >> 16
    grey.fill(luma, i, i + CHANNELS)
  }
  return { width, height, rgb: grey }
}

function cropCentre({ width, height, rgb }: RgbImage, keep: number): RgbImage {
  const kept = { width: keptOf(width, keep), height: keptOf(height, keep) }
  const left = Math.floor((width - kept.width) / 2)
  const top = Math.floor((height - kept.height) / 2)
  const length = kept.width * CHANNELS
  const cropped = new Uint8Array(kept.height * length)
  for (let y = 0; y < kept.height; y++) {
    const start = ((top + y) * width + left) * CHANNELS
    cropped.set(rgb.subarray(start, start + length), y * length)
  }
  return { ...kept, rgb: cropped }
}

function keptOf(side: number, keep: number): number {
  return Math.max(1, Math.floor(side * keep + 0.5))
}
