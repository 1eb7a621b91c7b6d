import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from './json-object.js'

export const OPEN_CLIP_CONFIG = 'open_clip_config.json'

/** What OpenCLIP takes where its configuration is silent. Source: mlfoundations/open_clip `src/open_clip/transform.py`, PreprocessCfg, and
 *  `constants.py`. */
const OPEN_CLIP_DEFAULTS = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  interpolation: 'bicubic',
  resize_mode: 'shortest',
} as const
const SIDE_DEFAULT = 224
const RESAMPLE: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['bicubic', 3],
  ['bilinear', 2],
])

/** A `preprocessor_config.json` as OpenCLIP's own configuration would have it. `assumed`: settings that it leaves out, which then are the
 *  defaults of OpenCLIP. `refused`: what it asks for that has no equal here; then there is no file. */
export type ProposedPreprocessor =
  | { readonly file: Readonly<Record<string, unknown>>; readonly assumed: readonly string[]; readonly refused: null }
  | { readonly file: null; readonly assumed: readonly string[]; readonly refused: string }

/** Translates `preprocess_cfg` and the image size of `model_cfg`. Only ever a proposal that a person looks at: no run uses it. */
export function proposePreprocessor(openClip: JsonObject): ProposedPreprocessor {
  const asked = asObject(openClip['preprocess_cfg'])
  const assumed = Object.keys(OPEN_CLIP_DEFAULTS).filter((key) => asked[key] === undefined)
  const { mean, std, interpolation, resize_mode: mode } = { ...OPEN_CLIP_DEFAULTS, ...asked }
  const written = asked['size'] ?? asObject(asObject(openClip['model_cfg'])['vision_cfg'])['image_size']
  if (written === undefined) assumed.push('size')
  const [height, width] = sidesOf(written ?? SIDE_DEFAULT)
  const resample = RESAMPLE.get(interpolation)
  const refuse = (what: string): ProposedPreprocessor => ({ file: null, assumed, refused: what })
  if (resample === undefined) return refuse(`interpolation ${JSON.stringify(interpolation)}`)
  if (mode !== 'shortest' && mode !== 'squash') return refuse(`resize_mode ${JSON.stringify(mode)}`)
  if (height === undefined || width === undefined) return refuse(`size ${JSON.stringify(written)}`)
  if (mode === 'shortest' && height !== width) return refuse(`size ${height} x ${width} cropped from the shortest edge`)
  const isCropped = mode === 'shortest'
  return {
    file: {
      do_convert_rgb: true,
      do_resize: true,
      size: isCropped ? { shortest_edge: height } : { height, width },
      resample,
      do_center_crop: isCropped,
      ...(isCropped ? { crop_size: { height, width } } : {}),
      do_rescale: true,
      rescale_factor: 1 / 255,
      do_normalize: true,
      image_mean: mean,
      image_std: std,
    },
    assumed,
    refused: null,
  }
}

/** What to do about a missing `preprocessor_config.json` in a folder that came from OpenCLIP; null in any other. */
export function preprocessorCure(folder: string): string | null {
  if (!existsSync(join(folder, OPEN_CLIP_CONFIG))) return null
  return `${OPEN_CLIP_CONFIG} says how: "probity model inspect <folder> --write-preprocessor" writes it from there, for you to look at.`
}

function sidesOf(size: unknown): (number | undefined)[] {
  const sides: unknown[] = Array.isArray(size) ? size : [size, size]
  return [sides[0], sides[1] ?? sides[0]].map((side) => (typeof side === 'number' ? side : undefined))
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
