import {
  BYTES_TOGETHER,
  filterColumns,
  filterRows,
  kernelMemory,
  placeWeights,
  roomFor,
  roomForWeights,
  ROWS_TOGETHER,
} from './pixel-kernel.js'
import type { PlacedWeights } from './pixel-kernel.js'
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
  const columns = weightsAlong(resample, image.width, target.width, target.left, target.cropWidth)
  const rows = weightsAlong(resample, image.height, target.height, target.top, target.cropHeight)
  const [firstRow, endRow] = rows === null ? [target.top, target.top + target.cropHeight] : rowsNeeded(rows)
  if (columns === null && rows === null) return copyCrop(image, target)
  return filter(image, { firstRow, endRow, columns, rows, target })
}

/** Null for an axis that keeps its size. */
function weightsAlong(
  resample: Resample,
  inputs: number,
  outputs: number,
  from: number,
  length: number,
): FilterWeights | null {
  return inputs === outputs ? null : filterWeights(resample, { inputs, outputs, from, length })
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

function copyCrop(image: RgbImage, { left, top, cropWidth, cropHeight }: ResizeTarget): Uint8Array {
  const result = new Uint8Array(cropWidth * cropHeight * CHANNELS)
  copyRows(image, { firstRow: top, endRow: top + cropHeight, left, width: cropWidth }, result, 0, cropWidth * CHANNELS)
  return result
}

type Part = { readonly firstRow: number; readonly endRow: number; readonly left: number; readonly width: number }

/** Copies part of an image to `target`, its rows `stride` bytes apart. */
function copyRows(image: RgbImage, part: Part, target: Uint8Array, at: number, stride: number): void {
  for (let row = part.firstRow; row < part.endRow; row++) {
    const start = (row * image.width + part.left) * CHANNELS
    target.set(image.rgb.subarray(start, start + part.width * CHANNELS), at + (row - part.firstRow) * stride)
  }
}

const ROWS_AT_ONCE = 64 // a band of them stays in the processor's cache, and the kernel's memory stays small

type Plan = {
  readonly firstRow: number
  readonly endRow: number
  readonly columns: FilterWeights | null
  readonly rows: FilterWeights | null
  readonly target: ResizeTarget
}

/** Both passes in the kernel's memory: bands of the image, the rows that the columns pass made narrow, the result. */
function filter(image: RgbImage, { firstRow, endRow, columns, rows, target }: Plan): Uint8Array {
  const length = target.cropWidth * CHANNELS
  const stride = Math.ceil((length + 1) / BYTES_TOGETHER) * BYTES_TOGETHER // the columns pass writes a byte past each row
  const bandBytes = columns === null ? 0 : ROWS_AT_ONCE * image.width * CHANNELS
  const weightBytes = [columns, rows].reduce((sum, each) => sum + (each === null ? 0 : roomForWeights(each)), 0)
  const narrowBytes = (endRow - firstRow + ROWS_TOGETHER) * stride // the passes write and read past the last row
  const resultBytes = rows === null ? 0 : target.cropHeight * stride
  const memory = kernelMemory(weightBytes + roomFor(bandBytes) + roomFor(narrowBytes) + roomFor(resultBytes))
  const narrow = memory.place(narrowBytes)
  if (columns === null) {
    copyRows(image, { firstRow, endRow, left: target.left, width: target.cropWidth }, memory.bytes, narrow, stride)
  } else {
    const placed = placeWeights(memory, columns)
    narrowRows(image, { firstRow, endRow, placed, band: memory.place(bandBytes), narrow, stride }, memory.bytes)
  }
  if (rows === null) return withoutGaps(memory.bytes, narrow, stride, target)
  const result = memory.place(resultBytes)
  filterRows(placeWeights(memory, rows, firstRow), { source: narrow, target: result, stride })
  return withoutGaps(memory.bytes, result, stride, target)
}

type Narrowing = {
  readonly firstRow: number
  readonly endRow: number
  readonly placed: PlacedWeights
  readonly band: number
  readonly narrow: number
  readonly stride: number
}

/** The columns pass over one band of rows after the other. */
function narrowRows(
  image: RgbImage,
  { firstRow, endRow, placed, band, narrow, stride }: Narrowing,
  bytes: Uint8Array,
): void {
  const sourceStride = image.width * CHANNELS
  for (let row = firstRow; row < endRow; row += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, endRow - row)
    bytes.set(image.rgb.subarray(row * sourceStride, (row + rows) * sourceStride), band)
    filterColumns(placed, {
      source: band,
      target: narrow + (row - firstRow) * stride,
      rows,
      sourceStride,
      targetStride: stride,
    })
  }
}

/** The result as an array of its own, its rows one behind the other. */
function withoutGaps(bytes: Uint8Array, start: number, stride: number, target: ResizeTarget): Uint8Array {
  const length = target.cropWidth * CHANNELS
  const result = new Uint8Array(target.cropHeight * length)
  for (let row = 0; row < target.cropHeight; row++) {
    const from = start + row * stride
    result.set(bytes.subarray(from, from + length), row * length)
  }
  return result
}
