import { alterImage } from './alter-image.js'
import { cutBox } from './cut-box.js'
import { decodeImage } from './decode-image.js'
import type { ImageFlag } from './decode-image.js'
import type { ImageFault } from './image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from './image-limits.js'
import type { ImageLimits } from './image-limits.js'
import { openSharp } from './open-sharp.js'
import { resizeLikePillow } from './pillow-resize.js'
import type { Preprocessing, ResizeKind } from './preprocessing.js'
import type { Resample } from './resample-filter.js'
import type { ImageFormat } from './sniff-format.js'
import { resizeTarget } from './resize-target.js'
import { CHANNELS } from './rgb-image.js'
import type { ResizeTarget, RgbImage } from './rgb-image.js'
import type { Box } from '../types/dataset.js'
import type { Transform } from '../types/measures.js'

/** One image ready for the encoder: `pixels` is height x width x 3, 8-bit RGB, resized and cropped. */
export type PreparedImage = {
  readonly kind: 'image'
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  readonly format: ImageFormat
  readonly flags: readonly ImageFlag[]
}

const KERNELS: Readonly<Record<Resample, 'cubic' | 'linear' | 'lanczos3'>> = {
  bicubic: 'cubic',
  bilinear: 'linear',
  lanczos: 'lanczos3',
}

/** What is done to the decoded image before the model's own steps. */
export type ImageSteps = {
  /** Cut out first; null: the whole picture. */
  readonly box?: Box | null | undefined
  /** null: nothing. */
  readonly alteration?: Transform | null | undefined
}

export type PrepareOptions = ImageSteps & { readonly limits?: ImageLimits | undefined }

/** Decodes, resizes and crops the content of one image file, or says why it cannot be used. */
export async function prepareImage(
  bytes: Uint8Array,
  preprocessing: Preprocessing,
  resize: ResizeKind,
  { limits = DEFAULT_IMAGE_LIMITS, box = null, alteration = null }: PrepareOptions = {},
): Promise<PreparedImage | ImageFault> {
  const decoded = await decodeImage(bytes, limits)
  if ('kind' in decoded) return decoded
  const image = box === null ? decoded : cutBox(decoded, box)
  if ('kind' in image) return image
  return {
    kind: 'image',
    pixels: await resizeAndCrop(
      alteration === null ? image : await alterImage(image, alteration),
      preprocessing,
      resize,
    ),
    width: preprocessing.width,
    height: preprocessing.height,
    format: decoded.format,
    flags: decoded.flags,
  }
}

/** Resizes and crops a decoded image; `exact` follows Pillow, `fast` uses sharp's kernel of the same name. */
export async function resizeAndCrop(
  image: RgbImage,
  preprocessing: Preprocessing,
  resize: ResizeKind,
): Promise<Uint8Array> {
  const target = resizeTarget(image.width, image.height, preprocessing)
  return resize === 'exact'
    ? resizeLikePillow(image, target, preprocessing.resample)
    : resizeFast(image, target, preprocessing.resample)
}

async function resizeFast(image: RgbImage, target: ResizeTarget, resample: Resample): Promise<Uint8Array> {
  const sharp = await openSharp()
  const data = await sharp(image.rgb, { raw: { width: image.width, height: image.height, channels: CHANNELS } })
    .resize(target.width, target.height, { fit: 'fill', kernel: KERNELS[resample], fastShrinkOnLoad: false })
    .extract({ left: target.left, top: target.top, width: target.cropWidth, height: target.cropHeight })
    .raw()
    .toBuffer()
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
