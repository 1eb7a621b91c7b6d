import { CHANNELS } from './rgb-image.js'
import type { RgbImage } from './rgb-image.js'

const REACH = 4 // standard deviations: what lies beyond weighs less than 1 in 10,000

/**
 * Blurs an image with a Gaussian of `sigma` stored pixels, each channel on its own. The weights are exp(-x² / (2 sigma²)) out to
 * int(4 sigma + 0.5) pixels, divided by their sum; beyond the border the outermost pixel is repeated. Rows are blended first, then
 * columns, in float64; values are rounded once, at the end, half up. Cost: pixels times sigma.
 * Equals scipy.ndimage.gaussian_filter (mode nearest) on 64-bit values. Throws RangeError unless sigma is above 0 and finite.
 */
export function blurImage({ width, height, rgb }: RgbImage, sigma: number): RgbImage {
  const weights = gaussianWeights(sigma)
  const reach = weights.length - 1
  const length = width * CHANNELS
  const padded = new Float64Array((width + 2 * reach) * CHANNELS) // one row, blended with its neighbours, borders repeated
  const sums = new Float64Array(length)
  const blurred = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y++) {
    const blended = padded.subarray(reach * CHANNELS, reach * CHANNELS + length)
    blendRows({ rgb, length, height }, y, weights, blended)
    repeatBorders(padded, reach, width)
    blendColumns(padded, weights, sums)
    for (let i = 0; i < length; i++) blurred[y * length + i] = Math.floor(sums[i] + 0.5)
  }
  return { width, height, rgb: blurred }
}

/** Weights of a pixel and of its neighbours on one side; those of the other side are the same. */
function gaussianWeights(sigma: number): Float64Array {
  if (!(sigma > 0 && sigma < Infinity)) throw new RangeError(`blurImage expected a sigma above 0 but received ${sigma}`)
  const weights = Float64Array.from({ length: Math.floor(REACH * sigma + 0.5) + 1 }, (_, x) =>
    Math.exp(-(x * x) / (2 * sigma * sigma)),
  )
  const sum = weights.reduce((total, weight, x) => total + (x === 0 ? weight : 2 * weight), 0)
  return weights.map((weight) => weight / sum)
}

type Rows = { readonly rgb: Uint8Array; readonly length: number; readonly height: number }

function blendRows({ rgb, length, height }: Rows, y: number, weights: Float64Array, blended: Float64Array): void {
  const [own = 0] = weights
  const at = y * length
  for (let i = 0; i < length; i++) blended[i] = own * rgb[at + i]
  for (let step = 1; step < weights.length; step++) {
    const weight = weights[step]
    const above = Math.max(0, y - step) * length
    const below = Math.min(height - 1, y + step) * length
    for (let i = 0; i < length; i++) blended[i] += weight * (rgb[above + i] + rgb[below + i])
  }
}

function repeatBorders(padded: Float64Array, reach: number, width: number): void {
  const first = reach * CHANNELS
  const last = (reach + width - 1) * CHANNELS
  for (let step = 1; step <= reach; step++) {
    padded.copyWithin(first - step * CHANNELS, first, first + CHANNELS)
    padded.copyWithin(last + step * CHANNELS, last, last + CHANNELS)
  }
}

/** Step by step over the whole row, not pixel by pixel over the steps: neighbours in memory are read together. */
function blendColumns(padded: Float64Array, weights: Float64Array, sums: Float64Array): void {
  const first = (weights.length - 1) * CHANNELS
  const [own = 0] = weights
  for (let i = 0; i < sums.length; i++) sums[i] = own * padded[first + i]
  for (let step = 1; step < weights.length; step++) {
    const weight = weights[step]
    const [before, after] = [first - step * CHANNELS, first + step * CHANNELS]
    for (let i = 0; i < sums.length; i++) sums[i] += weight * (padded[before + i] + padded[after + i])
  }
}
