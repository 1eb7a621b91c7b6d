import { numberToHalf } from './half-float.js'
import { fillPlanes } from './pixel-kernel.js'
import type { Preprocessing } from './preprocessing.js'
import { CHANNELS } from './rgb-image.js'

const LEVELS = 256 // values of an 8-bit pixel

/**
 * Fills `tensor` (images x 3 x height x width, row-major) with (x * rescale - mean) / std of 8-bit RGB pixels.
 * Every step is rounded to float32 as numpy does it in huggingface/transformers `image_transforms.py`
 * (rescale in float64 then float32; subtract and divide in float32), by a table of 256 values per channel.
 * A Uint16Array takes the same values as half precision, each rounded once more.
 * Throws RangeError when an image has another size than the preprocessing makes.
 */
export function fillPixelTensor(
  tensor: Float32Array | Uint16Array,
  images: readonly Uint8Array[],
  preprocessing: Preprocessing,
): void {
  const plane = preprocessing.width * preprocessing.height
  const table = normalisationTable(preprocessing)
  const halves = tensor instanceof Float32Array ? null : Uint16Array.from(table, numberToHalf)
  images.forEach((pixels, image) => {
    if (pixels.length !== plane * CHANNELS) {
      throw new RangeError(`expected ${plane * CHANNELS} bytes of RGB pixels but received ${pixels.length}`)
    }
    const [start, end] = [image * plane * CHANNELS, (image + 1) * plane * CHANNELS]
    if (tensor instanceof Float32Array) fillPlanes(pixels, table, tensor.subarray(start, end))
    else if (halves !== null) fillHalves(pixels, halves, tensor.subarray(start, end))
  })
}

/** Half precision is rare, so it has no loop of its own in the kernel. */
function fillHalves(pixels: Uint8Array, table: Uint16Array, target: Uint16Array): void {
  const plane = target.length / CHANNELS
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let pixel = 0; pixel < plane; pixel++) {
      target[channel * plane + pixel] = table[channel * LEVELS + pixels[pixel * CHANNELS + channel]]
    }
  }
}

function normalisationTable({ rescale, mean, std }: Preprocessing): Float32Array {
  const table = new Float32Array(CHANNELS * LEVELS)
  for (let channel = 0; channel < CHANNELS; channel++) {
    const channelMean = Math.fround(mean[channel])
    const channelStd = Math.fround(std[channel])
    for (let level = 0; level < LEVELS; level++) {
      const centred = Math.fround(Math.fround(level * rescale) - channelMean)
      table[channel * LEVELS + level] = centred / channelStd
    }
  }
  return table
}
