import { fault } from './preprocessing-reader.js'
import type { Json, Reader } from './preprocessing-reader.js'
import type { Preprocessing } from './preprocessing.js'

type Size = { width: number; height: number }

/** How an image is resized and cropped; null where the file does not say it in a way that is followed. */
export type Sizing = { readonly size: Preprocessing['size'] | null; readonly crop: Size | null }

const SQUASHED_FROM = 384 // pixels, of a ConvNeXt processor
const LARGEST_SIDE = 4096

/** Resizing and cropping as CLIP, SigLIP and Chinese CLIP write it, or as ConvNeXt does. Faults go into `reader`. */
export function readSizing(reader: Reader): Sizing {
  const { crop_pct: share } = reader.json
  if (share !== undefined && share !== null) return readCropShare(reader, share)
  const sizing = readSizeAndCrop(reader)
  if (sizing.size !== null && sizing.crop !== null) refuseCropBeyondSize(reader, sizing.size, sizing.crop)
  return sizing
}

function readSizeAndCrop(reader: Reader): Sizing {
  const isCropped = reader.json['do_center_crop'] === true
  const crop = isCropped ? readCrop(reader) : null
  return { size: readSize(reader, isCropped), crop }
}

/**
 * ConvNeXt's way: `size.shortest_edge` is the side of the crop, and the image is resized to that side / `crop_pct` before; from 384 pixels on
 * it is squashed to that side. Source: huggingface/transformers `image_processing_convnext.py`, resize.
 */
function readCropShare(reader: Reader, share: unknown): Sizing {
  const { json } = reader
  const { size } = json
  const side = hasOnly(size, ['shortest_edge']) && isSide(size['shortest_edge']) ? size['shortest_edge'] : null
  if (side === null) fault(reader, 'size', '{shortest_edge}, because crop_pct is given', size)
  if (typeof share !== 'number' || !(share > 0 && share <= 1)) {
    fault(reader, 'crop_pct', 'a share above 0, at most 1', share)
    return { size: null, crop: null }
  }
  if (json['do_center_crop'] === true) fault(reader, 'do_center_crop', 'nothing, because crop_pct crops', true)
  if (side === null) return { size: null, crop: null }
  if (side >= SQUASHED_FROM) return { size: { kind: 'exact', width: side, height: side }, crop: null }
  return {
    size: { kind: 'shortest-edge', pixels: Math.trunc(side / share) },
    crop: { width: side, height: side },
  }
}

function readSize(reader: Reader, isCropped: boolean): Preprocessing['size'] | null {
  const value = reader.json['size']
  const expected = isCropped
    ? 'a number of pixels, {shortest_edge} or {height, width}'
    : '{height, width}, because nothing is cropped'
  if (isSide(value))
    return isCropped ? { kind: 'shortest-edge', pixels: value } : fault(reader, 'size', expected, value)
  if (hasOnly(value, ['shortest_edge']) && isSide(value['shortest_edge']) && isCropped) {
    return { kind: 'shortest-edge', pixels: value['shortest_edge'] }
  }
  const exact = readSides(value)
  return exact === null ? fault(reader, 'size', expected, value) : { kind: 'exact', ...exact }
}

function readCrop(reader: Reader): Size | null {
  const value = reader.json['crop_size']
  if (isSide(value)) return { width: value, height: value }
  return readSides(value) ?? fault(reader, 'crop_size', 'a number of pixels or {height, width}', value)
}

function readSides(value: unknown): Size | null {
  if (!hasOnly(value, ['height', 'width'])) return null
  const { height, width } = value
  return isSide(height) && isSide(width) ? { width, height } : null
}

function refuseCropBeyondSize(reader: Reader, size: Preprocessing['size'], crop: Size): void {
  const { width, height } = size.kind === 'exact' ? size : { width: size.pixels, height: size.pixels }
  if (crop.width > width || crop.height > height) {
    fault(
      reader,
      'crop_size',
      `at most ${width} x ${height}, the size after resizing`,
      `${crop.width} x ${crop.height}`,
    )
  }
}

function hasOnly(value: unknown, keys: readonly string[]): value is Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const found = Object.keys(value)
  return found.length === keys.length && keys.every((key) => found.includes(key))
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LARGEST_SIDE
}
