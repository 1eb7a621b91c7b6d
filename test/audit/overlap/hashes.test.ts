import { describe, expect, it } from 'vitest'
import { areaView } from '../../../src/audit/overlap/area-view.js'
import { alignedCorrelation } from '../../../src/audit/overlap/aligned-correlation.js'
import { cosineHash } from '../../../src/audit/overlap/cosine-hash.js'
import { gradientHash } from '../../../src/audit/overlap/gradient-hash.js'
import { hashDistance } from '../../../src/audit/overlap/hash-distance.js'
import { HASH_BITS, imageHashes } from '../../../src/audit/overlap/image-hashes.js'
import { nearestByPixels, isCopy, type Hashed } from '../../../src/audit/overlap/nearest-by-pixels.js'
import { THUMBNAIL_SIDE, WHOLE } from '../../../src/audit/overlap/thumbnail.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

const PIXELS = THUMBNAIL_SIDE * THUMBNAIL_SIDE

/** A smooth picture of a few waves, other for every seed; `zoom` shows the part that a crop of the centre would leave. */
function picture(seed: number, keep = 1): Uint8Array {
  const random = createRandom(seed, 'picture')
  const waves = Array.from({ length: 12 }, () => [random.uniform() * 5, random.uniform() * 5, random.uniform() * 6, random.uniform()]) // prettier-ignore
  return Uint8Array.from({ length: PIXELS }, (_, pixel) => {
    const place = (at: number): number => (1 - keep) / 2 + (keep * (at + 0.5)) / THUMBNAIL_SIDE
    const [x, y] = [place(pixel % THUMBNAIL_SIDE), place(Math.floor(pixel / THUMBNAIL_SIDE))]
    const value = waves.reduce((sum, [a, b, c, d]) => sum + d * Math.cos(2 * Math.PI * (a * x + b * y) + c), 0)
    return Math.max(0, Math.min(255, Math.round(127 + 25 * value)))
  })
}

function hashed(thumbnails: readonly Uint8Array[]): Hashed {
  const block = new Uint8Array(thumbnails.length * PIXELS)
  thumbnails.forEach((one, index) => block.set(one, index * PIXELS))
  return {
    images: thumbnails.length,
    thumbnails: block,
    hashes: Uint32Array.from(thumbnails.flatMap((one) => [...imageHashes(one)])),
  }
}

describe('areaView', () => {
  it('gives means of areas: a picture of two halves stays one', () => {
    const halves = Uint8Array.from({ length: PIXELS }, (_, pixel) => (pixel % THUMBNAIL_SIDE < 32 ? 10 : 200))
    expect([...areaView(halves, WHOLE, 2, 1)]).toEqual([10, 200])
    expect(areaView(halves, { left: 31.5, top: 0, width: 1, height: 1 }, 1, 1)[0]).toBe(105)
  })
})

describe('cosineHash and gradientHash', () => {
  it('do not move with brightness and contrast', () => {
    const grey = areaView(picture(1), WHOLE, 32, 32)
    expect(cosineHash(grey.map((value) => value * 0.5 + 60))).toEqual(cosineHash(grey))
    const small = areaView(picture(1), WHOLE, 9, 8)
    expect(gradientHash(small.map((value) => value * 0.5 + 60))).toEqual(gradientHash(small))
  })
  it('set as many bits as lie above the median, and as edges rise', () => {
    const ones = (words: Uint32Array): number => [...words].join(' ') === '' ? 0 : [...words].reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0) // prettier-ignore
    expect(ones(cosineHash(areaView(picture(2), WHOLE, 32, 32)))).toBe(31) // of the 63 that can be set
    expect(ones(gradientHash(Float64Array.from({ length: 72 }, (_, pixel) => pixel % 9)))).toBe(64)
  })
})

describe('hashDistance', () => {
  const [a, b, cropped] = [imageHashes(picture(1)), imageHashes(picture(2)), imageHashes(picture(1, 0.95))]
  it('is 0 for one picture, the same both ways, and far for another', () => {
    expect(hashDistance(a, 0, a, 0)).toBe(0)
    expect(hashDistance(a, 0, b, 0)).toBe(hashDistance(b, 0, a, 0))
    expect(hashDistance(a, 0, b, 0)).toBeGreaterThan(25)
    expect(hashDistance(a, 0, b, 0)).toBeLessThanOrEqual(HASH_BITS)
  })
  it('sees through a crop of 5 %', () => {
    expect(hashDistance(a, 0, cropped, 0)).toBeLessThanOrEqual(8)
  })
  it('need not be counted to the end where it is not near', () => {
    expect(hashDistance(a, 0, b, 0, 10)).toBeGreaterThanOrEqual(10)
    expect(hashDistance(a, 0, cropped, 0, 20)).toBe(hashDistance(a, 0, cropped, 0))
  })
})

describe('alignedCorrelation', () => {
  it('is 1 for a picture and itself, also brightened, and near 1 for a crop', () => {
    expect(alignedCorrelation(picture(3), picture(3))).toBeCloseTo(1, 9)
    expect(alignedCorrelation(picture(3), picture(3, 0.95))).toBeGreaterThan(0.98)
    expect(alignedCorrelation(picture(3, 0.95), picture(3))).toBeGreaterThan(0.98)
  })
  it('is low for another picture, and a blank page is like nothing', () => {
    expect(alignedCorrelation(picture(3), picture(4))).toBeLessThan(0.7)
    expect(alignedCorrelation(new Uint8Array(PIXELS).fill(9), new Uint8Array(PIXELS).fill(9))).toBe(0)
  })
})

describe('nearestByPixels', () => {
  const reference = hashed([picture(10), picture(11, 0.95), picture(12)])
  it('finds the copy and takes it for one', () => {
    const nearest = nearestByPixels(hashed([picture(11)]), 0, reference)
    expect(nearest?.reference).toBe(1)
    expect(nearest !== null && isCopy(nearest)).toBe(true)
  })
  it('gives the nearest of pictures that are no copies, and says that they are none', () => {
    const nearest = nearestByPixels(hashed([picture(20)]), 0, reference)
    expect(nearest?.correlation ?? 0).toBeLessThan(0.9)
    expect(nearest !== null && isCopy(nearest)).toBe(false)
  })
  it('finds nothing in nothing', () => {
    expect(nearestByPixels(hashed([picture(1)]), 0, hashed([]))).toBeNull()
  })
})
