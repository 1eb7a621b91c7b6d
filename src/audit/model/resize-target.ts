import type { Preprocessing } from './preprocessing.js'
import type { ResizeTarget } from './rgb-image.js'

/**
 * Where an image of `width` x `height` goes: its resized size and the crop, with the rounding of openai/CLIP
 * (torchvision): long side int(size x long / short), crop offset int(round((n - crop) / 2)) with halves to even.
 * Source: pytorch/vision `torchvision/transforms/functional.py`, resize and center_crop.
 */
export function resizeTarget(width: number, height: number, { size, crop }: Preprocessing): ResizeTarget {
  const resized = size.kind === 'exact' ? size : scaleShortestEdge(width, height, size.pixels)
  const kept = crop ?? resized
  return {
    width: resized.width,
    height: resized.height,
    left: halfToEven((resized.width - kept.width) / 2),
    top: halfToEven((resized.height - kept.height) / 2),
    cropWidth: kept.width,
    cropHeight: kept.height,
  }
}

function scaleShortestEdge(width: number, height: number, pixels: number): { width: number; height: number } {
  return width <= height
    ? { width: pixels, height: Math.trunc((pixels * height) / width) }
    : { width: Math.trunc((pixels * width) / height), height: pixels }
}

/** Python's round(): 0.5 becomes 0, 1.5 becomes 2. Math.round would shift every second odd-sized crop by a pixel. */
function halfToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
