import { filterPass, STEP_BYTES } from './pillow-kernel.js'
import { CHANNELS } from './rgb-image.js'
import type { ResizeTarget, RgbImage } from './rgb-image.js'
import { filterWeights } from './resample-filter.js'
import type { FilterWeights, Resample } from './resample-filter.js'

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

const ROWS_AT_ONCE = 64 // a band of them stays in the processor's cache, and the kernel's memory stays small

/** Within a band of rows, the taps of one output lie at the same place in every row. */
function filterColumns(
  image: RgbImage,
  firstRow: number,
  endRow: number,
  columns: FilterWeights,
  outputs: number,
): Uint8Array {
  const sourceStride = image.width * CHANNELS
  const length = outputs * CHANNELS
  const targetStride = length + STEP_BYTES
  const result = new Uint8Array((endRow - firstRow) * length)
  for (let row = firstRow; row < endRow; row += ROWS_AT_ONCE) {
    const lines = Math.min(ROWS_AT_ONCE, endRow - row)
    const band = filterPass(columns, {
      source: image.rgb.subarray(row * sourceStride, (row + lines) * sourceStride),
      tapStride: CHANNELS,
      outputStride: CHANNELS,
      lines,
      sourceStride,
      targetStride,
      targetBytes: lines * targetStride,
    })
    for (let line = 0; line < lines; line++) {
      const start = line * targetStride
      result.set(band.subarray(start, start + length), (row - firstRow + line) * length)
    }
  }
  return result
}

/** `narrowed` begins with the image's row `firstRow`. */
function filterRows(
  narrowed: Uint8Array,
  firstRow: number,
  rows: FilterWeights,
  { cropWidth, cropHeight }: ResizeTarget,
): Uint8Array {
  const length = cropWidth * CHANNELS
  const lines = Math.ceil(length / STEP_BYTES)
  const outputStride = lines * STEP_BYTES
  const filtered = filterPass(
    { ...rows, first: rows.first.map((row) => row - firstRow) },
    {
      source: narrowed,
      tapStride: length,
      outputStride,
      lines,
      sourceStride: STEP_BYTES,
      targetStride: STEP_BYTES,
      targetBytes: cropHeight * outputStride,
    },
  )
  const result = new Uint8Array(cropHeight * length)
  for (let row = 0; row < cropHeight; row++) {
    result.set(filtered.subarray(row * outputStride, row * outputStride + length), row * length)
  }
  return result
}
