import { PILLOW_KERNEL } from './pillow-kernel-code.js'
import type { FilterWeights } from './resample-filter.js'

/** Bytes that the kernel computes, and writes, in one step. */
export const STEP_BYTES = 4

/** How a pass walks through memory; everything in bytes but `lines`. */
export type FilterPass = {
  readonly source: Uint8Array
  /** From one tap to the next. */
  readonly tapStride: number
  /** From one output to the next, in the target. */
  readonly outputStride: number
  /** Steps per output, with the distance from one to the next in source and target. */
  readonly lines: number
  readonly sourceStride: number
  readonly targetStride: number
  readonly targetBytes: number
}

/** The part of WebAssembly that is used; its types come with browsers' libraries, which Node code does not load. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

type Kernel = {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number }
  readonly run: (...numbers: number[]) => void
}

let kernel: Kernel | undefined // compiled once per process; every call fills its memory anew

/**
 * One pass of Pillow's resampling: weighted sums in fixed point, rounded and clipped to 8 bits, in WebAssembly with 128-bit
 * vectors (`pillow-kernel.wat`), about four times as fast as the same loops in JavaScript. Gives a view of the kernel's
 * memory, which holds until the next call. Every step writes four bytes, so `targetStride` must leave room for them.
 */
export function filterPass({ first, count, weights, taps }: FilterWeights, pass: FilterPass): Uint8Array {
  kernel ??= loadKernel()
  const place = layOut({
    first: first.byteLength,
    count: count.byteLength,
    weights: weights.byteLength,
    source: pass.source.length + STEP_BYTES, // the last step may read past the last pixel
    target: pass.targetBytes + STEP_BYTES,
  })
  growTo(kernel.memory, place.end)
  const bytes = new Uint8Array(kernel.memory.buffer)
  const words = new Int32Array(kernel.memory.buffer)
  words.set(first, place.first / Int32Array.BYTES_PER_ELEMENT)
  words.set(count, place.count / Int32Array.BYTES_PER_ELEMENT)
  words.set(weights, place.weights / Int32Array.BYTES_PER_ELEMENT)
  bytes.set(pass.source, place.source)
  kernel.run(
    place.source,
    place.target,
    place.first,
    place.count,
    place.weights,
    taps,
    first.length,
    pass.tapStride,
    pass.outputStride,
    pass.lines,
    pass.sourceStride,
    pass.targetStride,
  )
  return bytes.subarray(place.target, place.target + pass.targetBytes)
}

const ALIGNMENT = 16
const PAGE_BYTES = 65_536

type Part = 'first' | 'count' | 'weights' | 'source' | 'target'

/** Where each part begins, one after the other. */
function layOut(sizes: Readonly<Record<Part, number>>): Record<Part | 'end', number> {
  const after = (start: number, size: number): number => Math.ceil((start + size) / ALIGNMENT) * ALIGNMENT
  const first = 0
  const count = after(first, sizes.first)
  const weights = after(count, sizes.count)
  const source = after(weights, sizes.weights)
  const target = after(source, sizes.source)
  return { first, count, weights, source, target, end: after(target, sizes.target) }
}

function growTo(memory: Kernel['memory'], bytes: number): void {
  const missing = bytes - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
}

function loadKernel(): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(PILLOW_KERNEL, 'base64')))
  // The types of the exports are those that pillow-kernel.wat declares.
  return { memory: exports['memory'] as Kernel['memory'], run: exports['filterPass'] as Kernel['run'] }
}
