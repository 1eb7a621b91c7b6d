import type { Preprocessing } from '../../../src/audit/model/preprocessing.js'

/** CLIP's preprocessing at another size: shortest edge and centre crop of `pixels`, CLIP's mean and std. */
export function clipLike(pixels: number): Preprocessing {
  return {
    resample: 'bicubic',
    size: { kind: 'shortest-edge', pixels },
    crop: { width: pixels, height: pixels },
    width: pixels,
    height: pixels,
    rescale: 0.00392156862745098,
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
  }
}
