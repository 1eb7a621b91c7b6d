import { CHANNELS } from './rgb-image.js'
import type { ResizeTarget, RgbImage } from './rgb-image.js'
import { filterWeights, WEIGHT_BITS } from './resample-filter.js'
import type { FilterWeights, Resample } from './resample-filter.js'

const HALF = 1 << (WEIGHT_BITS - 1) // added before the shift, so that it rounds

/**
 * Resizes an RGB image as Pillow does, to the last bit, and keeps the cropped part (cropHeight x cropWidth x 3).
 * Columns first, then rows; each pass is rounded to 8 bits. Only pixels that reach the crop are computed.
 * An axis that keeps its size is copied, not filtered. `lanczos` rests on the machine's sine, so it is close, not promised exact.
 * Source: python-pillow/Pillow `src/libImaging/Resample.c`, ImagingResample. Throws RangeError when the crop leaves the image.
 */
export function resizeLikePillow(image: RgbImage, target: ResizeTarget, resample: Resample): Uint8Array {
  checkCrop(target)
  const columns =
    target.width === image.width
      ? null
      : filterWeights(resample, {
          inputs: image.width,
          outputs: target.width,
          from: target.left,
          length: target.cropWidth,
        })
  const rows =
    target.height === image.height
      ? null
      : filterWeights(resample, {
          inputs: image.height,
          outputs: target.height,
          from: target.top,
          length: target.cropHeight,
        })
  const [firstRow, endRow] = rows === null ? [target.top, target.top + target.cropHeight] : rowsNeeded(rows)
  const narrowed =
    columns === null
      ? copyColumns(image, firstRow, endRow, target)
      : filterColumns(image, firstRow, endRow, columns, target.cropWidth)
  return rows === null ? narrowed : filterRows(narrowed, firstRow, rows, target)
}

function checkCrop({ width, height, left, top, cropWidth, cropHeight }: ResizeTarget): void {
  if (left < 0 || top < 0 || left + cropWidth > width || top + cropHeight > height) {
    throw new RangeError(
      `a crop of ${cropWidth} x ${cropHeight} at ${left}, ${top} does not lie inside ${width} x ${height}`,
    )
  }
}

function rowsNeeded({ first, count }: FilterWeights): [firstRow: number, endRow: number] {
  const last = first.length - 1
  return [first[0] ?? 0, (first[last] ?? 0) + (count[last] ?? 0)]
}

function copyColumns(image: RgbImage, firstRow: number, endRow: number, target: ResizeTarget): Uint8Array {
  const stride = image.width * CHANNELS
  const length = target.cropWidth * CHANNELS
  const result = new Uint8Array((endRow - firstRow) * length)
  for (let row = firstRow; row < endRow; row++) {
    const start = row * stride + target.left * CHANNELS
    result.set(image.rgb.subarray(start, start + length), (row - firstRow) * length)
  }
  return result
}

/** Tight loop over pixels. Integer products (Math.imul) keep it out of floating point; sums stay below 2^31 by WEIGHT_BITS. */
function filterColumns(
  image: RgbImage,
  firstRow: number,
  endRow: number,
  { first, count, weights, taps }: FilterWeights,
  outputs: number,
): Uint8Array {
  const { rgb } = image
  const result = new Uint8ClampedArray((endRow - firstRow) * outputs * CHANNELS) // clamps as Pillow's clip8
  let write = 0
  for (let row = firstRow; row < endRow; row++) {
    const rowStart = row * image.width * CHANNELS
    for (let output = 0; output < outputs; output++) {
      let read = rowStart + first[output] * CHANNELS
      const weightStart = output * taps
      const weightEnd = weightStart + count[output]
      let red = HALF
      let green = HALF
      let blue = HALF
      for (let tap = weightStart; tap < weightEnd; tap++) {
        const weight = weights[tap]
        red = (red + Math.imul(rgb[read], weight)) | 0
        green = (green + Math.imul(rgb[read + 1], weight)) | 0
        blue = (blue + Math.imul(rgb[read + 2], weight)) | 0
        read += CHANNELS
      }
      result[write] = red >> WEIGHT_BITS
      result[write + 1] = green >> WEIGHT_BITS
      result[write + 2] = blue >> WEIGHT_BITS
      write += CHANNELS
    }
  }
  return new Uint8Array(result.buffer)
}

/** One whole row of sums at a time: neighbouring values share their weights, and memory is read in order. */
function filterRows(
  narrowed: Uint8Array,
  firstRow: number,
  { first, count, weights, taps }: FilterWeights,
  { cropWidth, cropHeight }: ResizeTarget,
): Uint8Array {
  const length = cropWidth * CHANNELS
  const sums = new Int32Array(length)
  const result = new Uint8ClampedArray(cropHeight * length)
  for (let output = 0; output < cropHeight; output++) {
    sums.fill(HALF)
    for (let tap = 0; tap < count[output]; tap++) {
      const weight = weights[output * taps + tap]
      const start = (first[output] + tap - firstRow) * length
      for (let i = 0; i < length; i++) sums[i] += Math.imul(narrowed[start + i], weight)
    }
    for (let i = 0; i < length; i++) result[output * length + i] = sums[i] >> WEIGHT_BITS
  }
  return new Uint8Array(result.buffer)
}
