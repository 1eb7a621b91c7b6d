import { describe, expect, it } from 'vitest'
import { ModelError } from '../../../src/audit/errors.js'
import { preprocessingFacts } from '../../../src/audit/model/preprocessing.js'
import { readPreprocessing } from '../../../src/audit/model/read-preprocessing.js'

const CLIP_OLD = {
  crop_size: 224,
  do_center_crop: true,
  do_normalize: true,
  do_resize: true,
  feature_extractor_type: 'CLIPFeatureExtractor',
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
  resample: 3,
  size: 224,
}
const CLIP_NEW = {
  ...CLIP_OLD,
  crop_size: { height: 224, width: 224 },
  size: { shortest_edge: 224 },
  do_rescale: true,
  rescale_factor: 0.00392156862745098,
  do_convert_rgb: true,
  image_processor_type: 'CLIPImageProcessor',
}
const SIGLIP = {
  do_normalize: true,
  do_rescale: true,
  do_resize: true,
  image_mean: [0.5, 0.5, 0.5],
  image_processor_type: 'SiglipImageProcessor',
  image_std: [0.5, 0.5, 0.5],
  processor_class: 'SiglipProcessor',
  resample: 2,
  rescale_factor: 0.00392156862745098,
  size: { height: 512, width: 512 },
}

describe('the preprocessing of a model family', () => {
  it('of CLIP is shortest edge and centre crop, in the old and in the new spelling', () => {
    const old = readPreprocessing(CLIP_OLD, 'p.json')
    expect(old).toMatchObject({
      resample: 'bicubic',
      size: { kind: 'shortest-edge', pixels: 224 },
      width: 224,
      height: 224,
    })
    expect(old.crop).toEqual({ width: 224, height: 224 })
    expect(readPreprocessing(CLIP_NEW, 'p.json')).toEqual(old)
  })

  it('of Chinese CLIP squashes the image with the mean and std of CLIP, its crop size unused', () => {
    const chinese = { ...CLIP_NEW, do_center_crop: false, size: { height: 224, width: 224 } }
    expect(readPreprocessing(chinese, 'p.json')).toMatchObject({
      size: { kind: 'exact', width: 224, height: 224 },
      crop: null,
      mean: CLIP_OLD.image_mean,
    })
  })

  it('of MobileCLIP is bilinear and leaves values between 0 and 1', () => {
    const mobile = { ...CLIP_NEW, resample: 2, do_normalize: false, image_mean: [0, 0, 0], image_std: [1, 1, 1] }
    expect(readPreprocessing(mobile, 'p.json')).toMatchObject({ resample: 'bilinear', mean: [0, 0, 0], std: [1, 1, 1] })
  })

  it('of ConvNeXt resizes to more than it keeps, and squashes from 384 pixels on', () => {
    const left = Object.entries(CLIP_NEW).filter(([key]) => key !== 'do_center_crop' && key !== 'crop_size')
    const rest = Object.fromEntries(left)
    const small = readPreprocessing({ ...rest, crop_pct: 0.875, size: { shortest_edge: 224 } }, 'p.json')
    expect([small.size, small.crop]).toEqual([{ kind: 'shortest-edge', pixels: 256 }, { width: 224, height: 224 }]) // prettier-ignore
    const large = readPreprocessing({ ...rest, crop_pct: 1, size: { shortest_edge: 384 } }, 'p.json')
    expect([large.size, large.crop]).toEqual([{ kind: 'exact', width: 384, height: 384 }, null])
  })

  it('may name the resampling', () =>
    expect(readPreprocessing({ ...SIGLIP, resample: 'BICUBIC' }, 'p.json').resample).toBe('bicubic'))

  it('of SigLIP squashes the image and crops nothing', () => {
    const read = readPreprocessing(SIGLIP, 'p.json')
    expect(read).toMatchObject({ resample: 'bilinear', size: { kind: 'exact', width: 512, height: 512 }, crop: null })
    expect(preprocessingFacts(read, 'exact')).toMatchObject({
      size: '512 x 512, squashed',
      crop: 'none',
      resize: 'exact',
    })
  })

  it('without normalisation or rescaling keeps the stored levels', () => {
    const read = readPreprocessing({ ...CLIP_NEW, do_normalize: false, do_rescale: false }, 'p.json')
    expect(read).toMatchObject({ rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] })
  })
})

describe('a preprocessor_config.json that is refused', () => {
  const known =
    'a setting that is known (do_resize, size, resample, do_center_crop, crop_size, do_rescale, rescale_factor, do_normalize, image_mean, image_std, do_convert_rgb, crop_pct)'
  it.each([
    [{ do_flip: true }, `p.json: key: expected ${known} but received "do_flip". Remove it if it changes no pixel.`],
    [{ crop_pct: 0.875 }, 'p.json: do_center_crop: expected nothing, because crop_pct crops but received true'],
    [
      { crop_pct: 1.5, do_center_crop: false },
      'p.json: crop_pct: expected a share above 0, at most 1 but received 1.5',
    ],
    [
      { max_num_patches: 256 },
      'p.json: max_num_patches: expected a processor that makes one image of fixed size but received 256. Take an export of fixed resolution: NaFlex models of SigLIP 2 take patches, which Probity does not make.',
    ],
    [
      { do_flip_channel_order: true },
      'p.json: do_flip_channel_order: expected null, because this setting is not supported but received true',
    ],
    [{ resample: 0 }, 'p.json: resample: expected 3 (bicubic), 2 (bilinear) or 1 (Lanczos) but received 0'],
    [
      { resample: undefined },
      'p.json: resample: expected 3 (bicubic), 2 (bilinear) or 1 (Lanczos) but received nothing',
    ],
    [{ do_resize: false }, 'p.json: do_resize: expected true but received false'],
    [{ do_convert_rgb: false }, 'p.json: do_convert_rgb: expected true but received false'],
    [{ do_pad: true }, 'p.json: do_pad: expected null, because this setting is not supported but received true'],
    [
      { size: { longest_edge: 224 } },
      'p.json: size: expected a number of pixels, {shortest_edge} or {height, width} but received {"longest_edge":224}',
    ],
    [
      { do_center_crop: false },
      'p.json: size: expected {height, width}, because nothing is cropped but received {"shortest_edge":224}',
    ],
    [{ crop_size: 0 }, 'p.json: crop_size: expected a number of pixels or {height, width} but received 0'],
    [
      { crop_size: 256 },
      'p.json: crop_size: expected at most 224 x 224, the size after resizing but received "256 x 256"',
    ],
    [{ image_mean: [0.5, 0.5] }, 'p.json: image_mean: expected three numbers but received [0.5,0.5]'],
    [{ image_std: [0.5, 0, 0.5] }, 'p.json: image_std: expected three numbers above 0 but received [0.5,0,0.5]'],
    [{ rescale_factor: '1/255' }, 'p.json: rescale_factor: expected a number above 0 but received "1/255"'],
  ])('%j', (change, message) => {
    expect(messageOf({ ...CLIP_NEW, ...change })).toBe(message)
  })

  it('reports all its faults together', () => {
    expect(messageOf({ ...CLIP_NEW, resample: 9, image_mean: null }).split('\n')).toHaveLength(2)
  })
})

describe('the hash of the preprocessing', () => {
  it('moves with every effective setting and with the kind of resize, and with nothing else', () => {
    const hash = (change: object, resize: 'exact' | 'fast' = 'exact') =>
      preprocessingFacts(readPreprocessing({ ...CLIP_NEW, ...change }, 'p.json'), resize).sha256
    const hashes = [
      hash({}),
      hash({}, 'fast'),
      hash({ resample: 2 }),
      hash({ size: { shortest_edge: 225 } }),
      hash({ crop_size: 223 }),
      hash({ image_mean: [0.5, 0.5, 0.5] }),
      hash({ image_std: [0.5, 0.5, 0.5] }),
      hash({ rescale_factor: 1 / 127.5 }),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(hash({ image_processor_type: 'CLIPImageProcessorFast' })).toBe(hashes[0])
  })
})

function messageOf(json: Readonly<Record<string, unknown>>): string {
  try {
    readPreprocessing(json, 'p.json')
  } catch (error) {
    if (error instanceof ModelError) return error.message
    throw error
  }
  return 'not refused'
}
