import { PILLOW_KERNEL } from './pillow-kernel-code.js'
import type { FilterWeights } from './resample-filter.js'

/** Bytes that the kernel computes, and writes, in one step. */
export const STEP_BYTES = 4

/** How a pass walks through the kernel's memory; everything in bytes but `lines`. */
export type FilterPass = {
  readonly source: number
  readonly target: number
  /** From one tap to the next, in the source. */
  readonly tapStride: number
  /** From one output to the next, in the target. */
  readonly outputStride: number
  /** Steps per output, with the distance from one to the next in source and target. */
  readonly lines: number
  readonly sourceStride: number
  readonly targetStride: number
}

/** Weights that lie in the kernel's memory. */
export type PlacedWeights = {
  readonly first: number
  readonly count: number
  readonly weights: number
  readonly taps: number
  readonly outputs: number
}

/** The kernel's memory, laid out by whoever calls for one image after the other: places are given from the start. */
export type KernelMemory = {
  readonly bytes: Uint8Array
  /** Room for so many bytes and one step more, since a step may reach past the last pixel. */
  readonly place: (bytes: number) => number
}

type Kernel = {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number }
  readonly run: (...numbers: number[]) => void
}

const ALIGNMENT = 16
const PAGE_BYTES = 65_536

let kernel: Kernel | undefined // compiled once per process; every image fills its memory anew

/** The kernel's memory with room for `bytes` in all. Whatever lay in it is given up. */
export function kernelMemory(bytes: number): KernelMemory {
  kernel ??= loadKernel()
  const missing = bytes - kernel.memory.buffer.byteLength
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE_BYTES))
  let end = 0
  return {
    bytes: new Uint8Array(kernel.memory.buffer),
    place: (length) => {
      const start = end
      end = start + roomFor(length)
      return start
    },
  }
}

/** What a place of so many bytes takes. */
export function roomFor(bytes: number): number {
  return Math.ceil((bytes + STEP_BYTES) / ALIGNMENT) * ALIGNMENT
}

/** What the weights of a filter take. */
export function roomForWeights({ first, count, weights }: FilterWeights): number {
  return [first, count, weights].reduce((sum, { byteLength }) => sum + roomFor(byteLength), 0)
}

/** Copies the weights of a filter into the kernel's memory. */
export function placeWeights(memory: KernelMemory, { first, count, weights, taps }: FilterWeights): PlacedWeights {
  const [firstAt, countAt, weightsAt] = [first, count, weights].map((words) => {
    const at = memory.place(words.byteLength)
    memory.bytes.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), at)
    return at
  })
  return { first: firstAt, count: countAt, weights: weightsAt, taps, outputs: first.length }
}

/**
 * One pass of Pillow's resampling: weighted sums in fixed point, rounded and clipped to 8 bits, in WebAssembly with 128-bit
 * vectors (`pillow-kernel.wat`). Every step writes four bytes, so `targetStride` must leave room for them.
 */
export function filterPass({ first, count, weights, taps, outputs }: PlacedWeights, pass: FilterPass): void {
  const { source, target, tapStride, outputStride, lines, sourceStride, targetStride } = pass
  kernel?.run(source, target, first, count, weights, taps, outputs, tapStride, outputStride, lines, sourceStride, targetStride) // prettier-ignore
}

/** The part of WebAssembly that is used; its types come with browsers' libraries, which Node code does not load. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

function loadKernel(): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(PILLOW_KERNEL, 'base64')))
  // The types of the exports are those that pillow-kernel.wat declares.
  return { memory: exports['memory'] as Kernel['memory'], run: exports['filterPass'] as Kernel['run'] }
}
