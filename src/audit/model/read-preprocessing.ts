import { ModelError } from '../errors.js'
import { fault } from './preprocessing-reader.js'
import type { Json, Reader } from './preprocessing-reader.js'
import type { PerChannel, Preprocessing } from './preprocessing.js'
import { readSizing } from './read-sizing.js'
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
  'crop_pct',
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
const ONLY_IF_UNUSED = ['do_pad', 'pad_size', 'input_data_format', 'data_format', 'do_flip_channel_order']
/** Settings of processors that give patches of any number instead of one square of pixels. */
const PATCHES = ['max_num_patches', 'patch_size']
const PATCHES_HINT =
  'Take an export of fixed resolution: NaFlex models of SigLIP 2 take patches, which Probity does not make.'
const NOTHING_ASKED: readonly unknown[] = [null, false, 'channels_first']

/** Numbers and names of PIL.Image.Resampling. */
const RESAMPLES = new Map<unknown, Resample>([
  [1, 'lanczos'],
  [2, 'bilinear'],
  [3, 'bicubic'],
  ['lanczos', 'lanczos'],
  ['bilinear', 'bilinear'],
  ['bicubic', 'bicubic'],
])
const RESCALE_DEFAULT = 1 / 255 // the value of every CLIP-family processor; old CLIP configurations leave it out

/**
 * Reads `preprocessor_config.json` as CLIP, SigLIP, Chinese CLIP and ConvNeXt exports write it. Whatever it does not say and is not
 * known, or says in a way that we do not follow, is refused: never a default instead.
 * `at` names the file in messages. Throws ModelError (`model.preprocessing`) with every fault of the file.
 */
export function readPreprocessing(json: Json, at: string): Preprocessing {
  const reader: Reader = { json, faults: [], at }
  refuseUnknownKeys(reader)
  for (const key of ['do_resize', 'do_convert_rgb']) refuseFalse(reader, key)
  const resample = readResample(reader)
  const { size, crop } = readSizing(reader)
  const [mean, std] = json['do_normalize'] === false ? [same(0), same(1)] : readNormalisation(reader)
  const rescale = readRescale(reader)
  if (reader.faults.length > 0 || size === null || mean === null || std === null) {
    throw new ModelError('model.preprocessing', reader.faults)
  }
  const prepared = crop ?? (size.kind === 'exact' ? size : { width: size.pixels, height: size.pixels })
  return { resample, size, crop, width: prepared.width, height: prepared.height, rescale, mean, std }
}

function refuseUnknownKeys(reader: Reader): void {
  for (const [key, value] of Object.entries(reader.json)) {
    if (FOLLOWED.includes(key) || INERT.includes(key)) continue
    if (PATCHES.includes(key)) {
      fault(reader, key, 'a processor that makes one image of fixed size', value, PATCHES_HINT)
    } else if (!ONLY_IF_UNUSED.includes(key)) {
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
  const resample = RESAMPLES.get(typeof value === 'string' ? value.toLowerCase() : value)
  if (resample === undefined) fault(reader, 'resample', '3 (bicubic), 2 (bilinear) or 1 (Lanczos)', value)
  return resample ?? 'bicubic'
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

function same(value: number): PerChannel {
  return [value, value, value]
}
