import type { Metadata, SharpOptions } from 'sharp'
import { saysMemoryShort } from '../errors.js'
import { imageFault } from './image-fault.js'
import type { ImageFault } from './image-fault.js'
import type { ImageLimits } from './image-limits.js'
import { hasMoreScans } from './jpeg-scans.js'
import { hasRoomFor, memoryShort } from './memory-short.js'
import { inTurn } from './in-turn.js'
import { openSharp } from './open-sharp.js'
import { plainJpegSize } from './plain-jpeg.js'
import { CHANNELS } from './rgb-image.js'
import type { RgbImage } from './rgb-image.js'
import { isAnimatedPng, isCutShort, sniffFormat } from './sniff-format.js'
import type { ImageFormat } from './sniff-format.js'

/** What was special about an image that is used all the same; counted and shown, never silent. */
export type ImageFlag = 'alpha-dropped' | 'animated' | 'cmyk' | 'sixteen-bit' | 'exif-orientation-ignored'

export type DecodedImage = RgbImage & { readonly format: ImageFormat; readonly flags: readonly ImageFlag[] }

/**
 * Decodes JPEG, PNG or WebP bytes to 8-bit RGB as stored: no colour management, no rotation by EXIF, first frame only.
 * Alpha is dropped, not composited (as Pillow's `convert("RGB")`); grey and palette are expanded. CMYK and 16-bit are
 * converted and flagged; those two are not equal to Pillow. Any warning of the decoder is a fault. Throws ModelError (`memory.short`) where there
 * was too little memory to say so: a decoder without memory calls sound images broken.
 */
export async function decodeImage(bytes: Uint8Array, limits: ImageLimits): Promise<DecodedImage | ImageFault> {
  const sniffed = sniffFormat(bytes)
  if (sniffed.kind === 'unknown') return imageFault('image.format', 'the bytes are not those of an image')
  if (sniffed.kind === 'blocked') {
    return imageFault('image.format-blocked', `${sniffed.name} is not decoded; JPEG, PNG and WebP are`)
  }
  const { format } = sniffed
  if (format === 'jpeg' && hasMoreScans(bytes, limits.maximumScans)) {
    return imageFault('image.scan-limit', `a JPEG of more than ${limits.maximumScans} scans is not decoded`)
  }
  const decoded = await decodeOnce(bytes, limits, format)
  if ('width' in decoded || decoded.code !== 'image.corrupt') return decoded
  const hadRoom = hasRoomFor(decoded.pixels ?? 0)
  const again = await alone(() => decodeOnce(bytes, limits, format))
  if ('width' in again || again.code !== 'image.corrupt') return again
  if (!hadRoom || !hasRoomFor(again.pixels ?? 0)) throw memoryShort('an image')
  return imageFault(again.code, again.reason)
}

/** What decodes when no other is tried again beside it only lacked memory. */
const alone = inTurn(1)

/** `pixels` of a fault: how many the header tells of, if it could be read. */
async function decodeOnce(
  bytes: Uint8Array,
  limits: ImageLimits,
  format: ImageFormat,
): Promise<DecodedImage | (ImageFault & { readonly pixels?: number })> {
  const sharp = await openSharp()
  let pixels = 0
  const options: SharpOptions = {
    failOn: 'warning', // the default accepts cut files
    limitInputPixels: limits.maximumPixels,
    ignoreIcc: true,
    autoOrient: false,
  }
  try {
    const plainSize = format === 'jpeg' ? plainJpegSize(bytes) : null
    if (plainSize !== null && refuseShape(plainSize, limits) === null) {
      pixels = plainSize.width * plainSize.height
      const { data, info } = await sharp(bytes, options).raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
      const rgb = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      // Where the decoder saw another image than the header shows, its metadata say what it saw.
      if (info.width === plainSize.width && info.height === plainSize.height && rgb.length === pixels * CHANNELS) {
        return { ...plainSize, rgb, format, flags: [] }
      }
    }
    const metadata = await sharp(bytes, options).metadata()
    pixels = metadata.width * metadata.height
    const refused = refuseShape(metadata, limits)
    if (refused !== null) return refused
    const stored = sharp(bytes, options)
    const plain = isPlainRgb(metadata) ? stored : stored.removeAlpha().toColourspace('srgb')
    const { data, info } = await plain.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    const rgb = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    if (rgb.length !== info.width * info.height * CHANNELS) {
      return imageFault('image.corrupt', `decoded to ${info.channels} channels, not ${CHANNELS}`)
    }
    return { width: info.width, height: info.height, rgb, format, flags: flagsOf(metadata, bytes, format) }
  } catch (error) {
    if (saysMemoryShort(error) && !hasRoomFor(pixels)) throw memoryShort('an image', error) // a broken file can ask for anything
    return { ...describeDecoderError(error, bytes, format), pixels }
  }
}

/** Most photographs: nothing is to be converted, and steps that do nothing cost a tenth of the decoding. */
function isPlainRgb({ space, channels, depth, hasAlpha }: Metadata): boolean {
  return space === 'srgb' && channels === CHANNELS && depth === 'uchar' && !hasAlpha
}

/** Read from the header, before any pixel is decoded. Aspect comes first: 10000 x 1 is a strip, not a speck. */
function refuseShape({ width, height }: Pick<Metadata, 'width' | 'height'>, limits: ImageLimits): ImageFault | null {
  const [short, long] = width < height ? [width, height] : [height, width]
  if (long > short * limits.maximumAspect) {
    return imageFault('image.aspect', `${width} x ${height}: one side is over ${limits.maximumAspect} times the other`)
  }
  return short < limits.minimumSide
    ? imageFault('image.too-small', `${width} x ${height}: each side needs ${limits.minimumSide} pixels or more`)
    : null
}

function flagsOf(metadata: Metadata, bytes: Uint8Array, format: ImageFormat): ImageFlag[] {
  const flags: ImageFlag[] = []
  if (metadata.hasAlpha) flags.push('alpha-dropped')
  if ((metadata.pages ?? 1) > 1 || (format === 'png' && isAnimatedPng(bytes))) flags.push('animated')
  if (metadata.space === 'cmyk') flags.push('cmyk')
  if (metadata.depth === 'ushort') flags.push('sixteen-bit')
  if ((metadata.orientation ?? 1) > 1) flags.push('exif-orientation-ignored')
  return flags
}

/** Whether a file is cut is read from its bytes. The words of libvips cannot tell: it keeps one error text per process, and
 *  another image decoded at the same moment may have wiped it. The pixel limit is sharp's own check and its own words. */
function describeDecoderError(error: unknown, bytes: Uint8Array, format: ImageFormat): ImageFault {
  const message = error instanceof Error ? error.message : ''
  if (message.includes('pixel limit')) return imageFault('image.pixel-limit', 'the image has too many pixels to decode')
  if (isCutShort(bytes, format)) return imageFault('image.truncated', 'the file ends before the image does')
  return imageFault('image.corrupt', `the ${format.toUpperCase()} data are broken`)
}
