import { createHash } from 'node:crypto'
import { max, mean, min, standardDeviation } from 'simple-statistics'
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
  const list = [...values]
  return { min: min(list), max: max(list), mean: mean(list), std: standardDeviation(list) }
}
