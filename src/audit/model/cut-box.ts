import type { Box } from '../types/dataset.js'
import { imageFault } from './image-fault.js'
import type { ImageFault } from './image-fault.js'
import { CHANNELS } from './rgb-image.js'
import type { RgbImage } from './rgb-image.js'

/** A side below this shows no face that anyone could judge. */
export const SMALLEST_BOX = 32

/** The part of a picture inside a box, with its padding as far as the picture reaches. Edges are rounded to whole pixels. A box that is not wholly
 *  inside the picture (by more than one pixel, which rounding may cost) or is smaller than 32 pixels on one side is a fault. */
export function cutBox(image: RgbImage, box: Box): RgbImage | ImageFault {
  const [across, down] = box.unit === 'share' ? [image.width, image.height] : [1, 1]
  const [left, top] = [box.left * across, box.top * down]
  const [right, bottom] = [left + box.width * across, top + box.height * down]
  const isInside = left >= -1 && top >= -1 && right <= image.width + 1 && bottom <= image.height + 1
  if (!isInside)
    return imageFault('box.outside', `the box reaches out of the picture of ${image.width} x ${image.height} pixels`)
  const [width, height] = [Math.round(right - left), Math.round(bottom - top)]
  if (width < SMALLEST_BOX || height < SMALLEST_BOX)
    return imageFault(
      'box.small',
      `the box has ${width} x ${height} pixels; ${SMALLEST_BOX} x ${SMALLEST_BOX} are needed`,
    )
  const margin = box.padding * Math.max(right - left, bottom - top)
  const start = { x: inside(left - margin, image.width), y: inside(top - margin, image.height) }
  const end = { x: inside(right + margin, image.width), y: inside(bottom + margin, image.height) }
  return copyPart(image, start, end)
}

function inside(edge: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(edge)))
}

type Point = { readonly x: number; readonly y: number }

function copyPart({ rgb, width }: RgbImage, start: Point, end: Point): RgbImage {
  const part = { width: end.x - start.x, height: end.y - start.y }
  const line = part.width * CHANNELS
  const cut = new Uint8Array(line * part.height)
  for (let y = 0; y < part.height; y++) {
    const from = ((start.y + y) * width + start.x) * CHANNELS
    cut.set(rgb.subarray(from, from + line), y * line)
  }
  return { ...part, rgb: cut }
}
