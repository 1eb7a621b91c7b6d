import { loadKernel, memoryOf } from './load-kernel.js'
import type { WithMemory } from './load-kernel.js'
import { PIXEL_KERNEL } from './pixel-kernel-code.js'
import type { FilterWeights } from './resample-filter.js'
import { CHANNELS } from './rgb-image.js'

/** Rows that the pass over columns computes, and writes, together. */
export const ROWS_TOGETHER = 4
/** Bytes that the pass over rows computes, and writes, together: rows lie a multiple of it apart. */
export const BYTES_TOGETHER = 16

/** Weights that lie in the kernel's memory, in pairs of taps. */
export type PlacedWeights = {
  readonly first: number
  readonly pairs: number
  readonly weights: number
  /** Pairs held per output. */
  readonly held: number
  readonly outputs: number
}

/** A pass over the columns of RGB rows; places and strides in bytes. */
export type ColumnsPass = {
  readonly source: number
  readonly target: number
  /** Rounded up to a multiple of {@link ROWS_TOGETHER}. */
  readonly rows: number
  readonly sourceStride: number
  /** At least one byte longer than what a row holds. */
  readonly targetStride: number
}

/** A pass over rows that lie `stride` bytes apart, in the source as in the target. */
export type RowsPass = { readonly source: number; readonly target: number; readonly stride: number }

/** The kernel's memory, laid out by whoever calls for one image after the other: places are given from the start. */
export type KernelMemory = {
  readonly bytes: Uint8Array
  /** Room for so many bytes and one step more, since a step may reach past the last pixel. */
  readonly place: (bytes: number) => number
}

type Kernel = WithMemory & {
  readonly filterColumns: (...numbers: number[]) => void
  readonly filterRows: (...numbers: number[]) => void
  readonly fillPlanes: (source: number, target: number, table: number, pixels: number) => void
}

const LOW_BITS = 15 // of a weight, so that the lower part is a positive number of 16 bits
const LOW_MASK = (1 << LOW_BITS) - 1
const WORDS_PER_PAIR = 2 // the lower parts of both weights, then the upper ones

let kernel: Kernel | undefined // compiled once per process; every image fills its memory anew

/** The kernel's memory with room for `bytes` in all. Whatever lay in it is given up. */
export function kernelMemory(bytes: number): KernelMemory {
  kernel ??= loadKernel<Kernel>(PIXEL_KERNEL)
  let end = 0
  return {
    bytes: new Uint8Array(memoryOf(kernel, bytes)),
    place: (length) => {
      const start = end
      end = start + roomFor(length)
      return start
    },
  }
}

/** What a place of so many bytes takes. */
export function roomFor(bytes: number): number {
  return (Math.ceil(bytes / BYTES_TOGETHER) + 1) * BYTES_TOGETHER
}

/** What the weights of a filter take. */
export function roomForWeights({ first, taps }: FilterWeights): number {
  const [outputs, pairs] = [first.byteLength, first.byteLength * pairsOf(taps) * WORDS_PER_PAIR]
  return roomFor(outputs) + roomFor(outputs) + roomFor(pairs)
}

function pairsOf(taps: number): number {
  return Math.ceil(taps / 2)
}

/** Puts the weights of a filter into the kernel's memory, its outputs counted from the tap `from` on. */
export function placeWeights(memory: KernelMemory, filter: FilterWeights, from = 0): PlacedWeights {
  const { count, taps } = filter
  const first = filter.first.map((tap) => tap - from)
  return {
    first: placeWords(memory, first),
    pairs: placeWords(memory, count.map(pairsOf)),
    weights: placeWords(memory, pairedWeights(filter)),
    held: pairsOf(taps),
    outputs: first.length,
  }
}

function placeWords(memory: KernelMemory, words: Int32Array): number {
  const at = memory.place(words.byteLength)
  memory.bytes.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), at)
  return at
}

/** Two words for each pair of taps, as pixel-kernel.wat takes them. */
function pairedWeights({ first, weights, taps }: FilterWeights): Int32Array {
  const held = pairsOf(taps)
  const words = new Int32Array(first.length * held * WORDS_PER_PAIR)
  let word = 0
  for (let output = 0; output < first.length; output++) {
    for (let pair = 0; pair < held; pair++) {
      const tap = output * taps + pair * 2
      const left = weights[tap]
      const right = pair * 2 + 1 < taps ? weights[tap + 1] : 0
      words[word++] = (left & LOW_MASK) | ((right & LOW_MASK) << 16)
      words[word++] = ((left >> LOW_BITS) & 0xffff) | ((right >> LOW_BITS) << 16)
    }
  }
  return words
}

/** Pillow's pass over columns: weighted sums in fixed point, rounded and clipped to 8 bits (`pixel-kernel.wat`). */
export function filterColumns({ first, pairs, weights, held, outputs }: PlacedWeights, pass: ColumnsPass): void {
  const { source, target, rows, sourceStride, targetStride } = pass
  const fours = Math.ceil(rows / ROWS_TOGETHER)
  kernel?.filterColumns(source, target, first, pairs, weights, held, outputs, fours, sourceStride, targetStride)
}

/** Pillow's pass over rows, in the same arithmetic. */
export function filterRows({ first, pairs, weights, held, outputs }: PlacedWeights, pass: RowsPass): void {
  kernel?.filterRows(pass.source, pass.target, first, pairs, weights, held, outputs, pass.stride)
}

/**
 * Interleaved RGB to three planes, one behind the other in `target`, each value through the table of its channel (3 x 256, float32).
 * The length of `target` is that of `pixels`.
 */
export function fillPlanes(pixels: Uint8Array, table: Float32Array, target: Float32Array): void {
  const bytes = target.byteLength
  const memory = kernelMemory(roomFor(pixels.length) + roomFor(table.byteLength) + roomFor(bytes))
  const [source, levels, planes] = [pixels.length, table.byteLength, bytes].map((length) => memory.place(length))
  memory.bytes.set(pixels, source)
  memory.bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), levels)
  kernel?.fillPlanes(source, planes, levels, pixels.length / CHANNELS)
  target.set(new Float32Array(memory.bytes.buffer, planes, target.length))
}
