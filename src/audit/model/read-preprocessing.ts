import { ModelError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { PerChannel, Preprocessing } from './preprocessing.js'
import type { Resample } from './resample-filter.js'

/** Settings that change pixels; all are followed. */
const FOLLOWED = [
  'do_resize',
  'size',
  'resample',
  'do_center_crop',
  'crop_size',
  'do_rescale',
  'rescale_factor',
  'do_normalize',
  'image_mean',
  'image_std',
  'do_convert_rgb',
]
/** Names and hints for other programs; they do not change pixels. */
const INERT = [
  'feature_extractor_type',
  'image_processor_type',
  'processor_class',
  '_processor_class',
  '_valid_processor_keys',
  'default_to_square',
  'return_tensors',
  'device',
  'disable_grouping',
]
/** Settings of newer processors that we do not implement: allowed only where they ask for nothing. */
const ONLY_IF_UNUSED = ['do_pad', 'pad_size', 'input_data_format', 'data_format']
const NOTHING_ASKED: readonly unknown[] = [null, false, 'channels_first']

/** Numbers of PIL.Image.Resampling. */
const RESAMPLE_BY_NUMBER = new Map<unknown, Resample>([
  [1, 'lanczos'],
  [2, 'bilinear'],
  [3, 'bicubic'],
])
const RESCALE_DEFAULT = 1 / 255 // the value of every CLIP-family processor; old CLIP configurations leave it out
const LARGEST_SIDE = 4096

type Json = Readonly<Record<string, unknown>>
type Reader = { readonly json: Json; readonly faults: Fault[]; readonly at: string }
type Size = { width: number; height: number }

/**
 * Reads `preprocessor_config.json` as CLIP and SigLIP exports write it. Whatever it does not say and is not
 * known, or says in a way that we do not follow, is refused: never a default instead.
 * `at` names the file in messages. Throws ModelError (`model.preprocessing`) with every fault of the file.
 */
export function readPreprocessing(json: Json, at: string): Preprocessing {
  const reader: Reader = { json, faults: [], at }
  refuseUnknownKeys(reader)
  for (const key of ['do_resize', 'do_convert_rgb']) refuseFalse(reader, key)
  const resample = readResample(reader)
  const isCropped = json['do_center_crop'] === true
  const crop = isCropped ? readCrop(reader) : null
  const size = readSize(reader, isCropped)
  const [mean, std] = json['do_normalize'] === false ? [same(0), same(1)] : readNormalisation(reader)
  const rescale = readRescale(reader)
  if (size !== null && crop !== null) refuseCropBeyondSize(reader, size, crop)
  if (reader.faults.length > 0 || size === null || mean === null || std === null) {
    throw new ModelError('model.preprocessing', reader.faults)
  }
  const prepared = crop ?? (size.kind === 'exact' ? size : { width: size.pixels, height: size.pixels })
  return { resample, size, crop, width: prepared.width, height: prepared.height, rescale, mean, std }
}

function fault({ faults, at }: Reader, field: string, expected: string, received: unknown, hint?: string): null {
  const words = received === undefined ? 'nothing' : quoted(received)
  faults.push({ at, field, expected, received: words, ...(hint === undefined ? {} : { hint }) })
  return null
}

function refuseUnknownKeys(reader: Reader): void {
  for (const [key, value] of Object.entries(reader.json)) {
    if (FOLLOWED.includes(key) || INERT.includes(key)) continue
    if (!ONLY_IF_UNUSED.includes(key)) {
      fault(reader, 'key', `a setting that is known (${FOLLOWED.join(', ')})`, key, 'Remove it if it changes no pixel.')
    } else if (!NOTHING_ASKED.includes(value)) {
      fault(reader, key, 'null, because this setting is not supported', value)
    }
  }
}

function refuseFalse(reader: Reader, key: string): void {
  const value = reader.json[key] ?? true
  if (value !== true) fault(reader, key, 'true', value)
}

function readResample(reader: Reader): Resample {
  const value = reader.json['resample']
  const resample = RESAMPLE_BY_NUMBER.get(value)
  if (resample === undefined) fault(reader, 'resample', '3 (bicubic), 2 (bilinear) or 1 (Lanczos)', value)
  return resample ?? 'bicubic'
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

function readNormalisation(reader: Reader): [PerChannel | null, PerChannel | null] {
  const mean = readChannels(reader, 'image_mean', 'three numbers', () => true)
  const std = readChannels(reader, 'image_std', 'three numbers above 0', (number) => number > 0)
  return [mean, std]
}

function readChannels(
  reader: Reader,
  key: string,
  expected: string,
  isFit: (number: number) => boolean,
): PerChannel | null {
  const value = reader.json[key]
  const numbers: unknown[] = Array.isArray(value) ? value : []
  const [red, green, blue] = numbers.filter(
    (number) => typeof number === 'number' && Number.isFinite(number) && isFit(number),
  )
  if (numbers.length !== 3 || typeof red !== 'number' || typeof green !== 'number' || typeof blue !== 'number') {
    return fault(reader, key, expected, value)
  }
  return [red, green, blue]
}

function readRescale(reader: Reader): number {
  if (reader.json['do_rescale'] === false) return 1
  const value = reader.json['rescale_factor'] ?? RESCALE_DEFAULT
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value
  fault(reader, 'rescale_factor', 'a number above 0', value)
  return RESCALE_DEFAULT
}

function hasOnly(value: unknown, keys: readonly string[]): value is Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const found = Object.keys(value)
  return found.length === keys.length && keys.every((key) => found.includes(key))
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LARGEST_SIDE
}

function same(value: number): PerChannel {
  return [value, value, value]
}
