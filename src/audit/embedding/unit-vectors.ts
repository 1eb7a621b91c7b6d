import { loadKernel, memoryOf } from '../model/load-kernel.js'
import type { WithMemory } from '../model/load-kernel.js'
import { UNIT_KERNEL } from './unit-kernel-code.js'

type Kernel = WithMemory & { readonly toUnit: (row: number, width: number, fours: number) => void }

const BLOCK_BYTES = 262_144 // as many rows as stay in the processor's cache between being copied in, divided and copied out
const ROWS_TOGETHER = 4

let kernel: Kernel | undefined // compiled once per process; every block fills its memory anew
const kernelOfRoom = new WeakMap<ArrayBufferLike, Kernel>()

/** Divides each of some vectors (rows x dim, row-major) by its length, in place: to the last bit as {@link writeUnitVector} does, in half its time. */
export function toUnitVectors(vectors: Float32Array, dim: number): void {
  const width = dim * Float32Array.BYTES_PER_ELEMENT
  const own = kernelOfRoom.get(vectors.buffer)
  if (own !== undefined) return own.toUnit(vectors.byteOffset, width, Math.ceil(vectors.length / (dim * ROWS_TOGETHER)))
  const fours = Math.max(1, Math.floor(BLOCK_BYTES / (width * ROWS_TOGETHER)))
  const step = fours * ROWS_TOGETHER * dim
  kernel ??= loadKernel<Kernel>(UNIT_KERNEL)
  const numbers = numbersOf(kernel, Math.min(step, vectors.length + (ROWS_TOGETHER - 1) * dim))
  for (let start = 0; start < vectors.length; start += step) {
    const block = vectors.subarray(start, start + step)
    numbers.set(block)
    kernel.toUnit(0, width, Math.ceil(block.length / (dim * ROWS_TOGETHER)))
    block.set(numbers.subarray(0, block.length))
  }
}

/** Memory for some vectors in which they are divided without being copied: rows x dim. It is filled from its start. */
export function unitRoom(rows: number, dim: number): Float32Array {
  const own = loadKernel<Kernel>(UNIT_KERNEL)
  const numbers = numbersOf(own, (rows + ROWS_TOGETHER - 1) * dim)
  kernelOfRoom.set(numbers.buffer, own)
  return numbers.subarray(0, rows * dim)
}

/** The memory of a kernel, with room for so many numbers. */
function numbersOf(kernel: Kernel, length: number): Float32Array {
  return new Float32Array(memoryOf(kernel, length * Float32Array.BYTES_PER_ELEMENT))
}
