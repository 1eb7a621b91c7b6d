import { createHash } from 'node:crypto'
import type { PreprocessingFacts } from '../types/facts.js'
import type { Resample } from './resample-filter.js'

/** Three numbers, for red, green and blue. */
export type PerChannel = readonly [red: number, green: number, blue: number]

/** What a model wants done to an image before its encoder, taken from the model's own configuration. */
export type Preprocessing = {
  readonly resample: Resample
  /** `shortest-edge` keeps the shape; `exact` squashes the image. */
  readonly size:
    | { readonly kind: 'shortest-edge'; readonly pixels: number }
    | { readonly kind: 'exact'; readonly width: number; readonly height: number }
  /** Centre crop in pixels of the resized image, or null. */
  readonly crop: { readonly width: number; readonly height: number } | null
  /** Size of the prepared image. */
  readonly width: number
  readonly height: number
  /** 8-bit values are multiplied by this, then `mean` is taken away, then they are divided by `std`. */
  readonly rescale: number
  readonly mean: PerChannel
  readonly std: PerChannel
}

/** `exact` is Pillow to the last bit; `fast` is sharp's own kernel, close on downscales only. */
export type ResizeKind = 'exact' | 'fast'

/** The preprocessing as the report prints it; `sha256` is over every effective setting, so it moves when any of them does. */
export function preprocessingFacts(preprocessing: Preprocessing, resize: ResizeKind): PreprocessingFacts {
  const { resample, size, crop, rescale, mean, std } = preprocessing
  const settings = {
    schema: 'probity/preprocessing@1',
    resize,
    resample,
    size,
    crop,
    rescale,
    mean,
    std,
    exif: 'ignored',
  }
  return {
    sha256: createHash('sha256').update(JSON.stringify(settings)).digest('hex'),
    resample,
    resize,
    size: size.kind === 'exact' ? `${size.width} x ${size.height}, squashed` : `shortest edge ${size.pixels}`,
    crop: crop === null ? 'none' : `centre ${crop.width} x ${crop.height}`,
    mean,
    std,
    exif: 'ignored',
  }
}
