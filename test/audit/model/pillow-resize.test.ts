import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resizeLikePillow } from '../../../src/audit/model/pillow-resize.js'
import { resizeTarget } from '../../../src/audit/model/resize-target.js'
import type { Preprocessing } from '../../../src/audit/model/preprocessing.js'
import type { Resample } from '../../../src/audit/model/resample-filter.js'
import { drawnImage } from './drawn-image.js'
import type { DrawnKind } from './drawn-image.js'

type Case = {
  kind: DrawnKind
  width: number
  height: number
  seed: number
  size: number | [number, number]
  resample: Resample
  sha256: string
}

// Reference: Pillow 9.4.0, by make-pixel-references.py beside this file.
const { resized } = JSON.parse(
  readFileSync(new URL('../../fixtures/pixel-references.json', import.meta.url), 'utf8'),
) as { resized: Case[] } // written by our own script

describe('resizing to the last bit as Pillow', () => {
  it.each(resized)('$kind $width x $height to $size, $resample', (row) => {
    const image = drawnImage(row.kind, row.width, row.height, row.seed)
    const target = resizeTarget(row.width, row.height, sized(row.size))
    expect(sha256(resizeLikePillow(image, target, row.resample))).toBe(row.sha256)
  })

  it('computes the crop alone to the same bytes as the whole image', () => {
    const image = drawnImage('contrast', 300, 170, 3)
    const whole = { width: 113, height: 64, left: 0, top: 0, cropWidth: 113, cropHeight: 64 }
    const crop = { ...whole, left: 25, top: 3, cropWidth: 40, cropHeight: 50 }
    const all = resizeLikePillow(image, whole, 'bicubic')
    const part = resizeLikePillow(image, crop, 'bicubic')
    for (let row = 0; row < 50; row++) {
      const start = ((row + 3) * 113 + 25) * 3
      expect(part.subarray(row * 120, row * 120 + 120)).toEqual(all.subarray(start, start + 120))
    }
  })

  it('keeps a plain image plain and leaves its input alone', () => {
    const rgb = new Uint8Array(31 * 17 * 3).fill(201)
    const result = resizeLikePillow({ width: 31, height: 17, rgb }, resizeTarget(31, 17, sized(64)), 'bicubic')
    expect(new Set(result)).toEqual(new Set([201]))
    expect(new Set(rgb)).toEqual(new Set([201]))
  })

  it('refuses a crop that leaves the image', () => {
    const target = { width: 8, height: 8, left: 4, top: 0, cropWidth: 5, cropHeight: 8 }
    expect(() => resizeLikePillow(drawnImage('grey', 9, 9, 1), target, 'bicubic')).toThrow(RangeError)
  })
})

function sized(size: number | [number, number]): Preprocessing {
  const [width, height] = typeof size === 'number' ? [size, size] : size
  return {
    resample: 'bicubic',
    size: typeof size === 'number' ? { kind: 'shortest-edge', pixels: size } : { kind: 'exact', width, height },
    crop: typeof size === 'number' ? { width, height } : null,
    width,
    height,
    rescale: 1 / 255,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
