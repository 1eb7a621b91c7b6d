import { createHash } from 'node:crypto'
import type { Preprocessing } from './preprocessing.js'
import { CHANNELS } from './rgb-image.js'
import { fillPixelTensor } from './to-tensor.js'

/** Of the normalised values of one channel; `std` is that of the population. */
export type ChannelStatistics = {
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly std: number
}

/** What can be compared with another implementation: the hash of the prepared 8-bit pixels, and the tensor channel by channel. */
export function describeTensor(
  pixels: Uint8Array,
  preprocessing: Preprocessing,
): { sha256OfPixels: string; channels: ChannelStatistics[] } {
  const tensor = new Float32Array(pixels.length)
  fillPixelTensor(tensor, [pixels], preprocessing)
  const plane = pixels.length / CHANNELS
  return {
    sha256OfPixels: createHash('sha256').update(pixels).digest('hex'),
    channels: Array.from({ length: CHANNELS }, (_, channel) =>
      describeChannel(tensor.subarray(channel * plane, (channel + 1) * plane)),
    ),
  }
}

function describeChannel(values: Float32Array): ChannelStatistics {
  let [min, max, sum] = [Infinity, -Infinity, 0]
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  const mean = sum / values.length
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  return { min, max, mean, std: Math.sqrt(squares / values.length) }
}
