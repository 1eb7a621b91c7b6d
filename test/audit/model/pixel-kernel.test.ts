import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  filterColumns,
  filterRows,
  kernelMemory,
  placeWeights,
  roomFor,
  roomForWeights,
  ROWS_TOGETHER,
} from '../../../src/audit/model/pixel-kernel.js'
import { filterWeights, WEIGHT_BITS } from '../../../src/audit/model/resample-filter.js'
import type { FilterWeights } from '../../../src/audit/model/resample-filter.js'
import { kernelCode } from '../../support/kernels.js'

const MODEL = join(import.meta.dirname, '../../../src/audit/model')

describe('the kernel of pixels', () => {
  it('is what pixel-kernel.wat says (npm run kernel writes it again)', async () => {
    const { expected, written } = await kernelCode({ folder: MODEL, name: 'pixel-kernel', constant: 'PIXEL_KERNEL' })
    expect(written).toBe(expected)
  })

  it('sums columns as the same loop in plain integers does, at every number of rows', () => {
    for (const [inputs, rows] of [
      [29, 1],
      [30, 3],
      [37, 4],
      [64, 7],
    ] as const) {
      // prettier-ignore
      const filter = filterWeights('bicubic', { inputs, outputs: 11, from: 0, length: 11 })
      const source = Uint8Array.from({ length: inputs * 3 * rows }, (_, index) => (index * 97 + rows * 31) % 256)
      const [sourceStride, targetStride] = [inputs * 3, 48]
      const sourceRoom = roomFor((rows + ROWS_TOGETHER) * sourceStride)
      const memory = kernelMemory(roomForWeights(filter) + sourceRoom + roomFor((rows + ROWS_TOGETHER) * targetStride))
      const placed = placeWeights(memory, filter)
      const [from, to] = [memory.place(sourceRoom), memory.place((rows + ROWS_TOGETHER) * targetStride)]
      memory.bytes.set(source, from)
      filterColumns(placed, { source: from, target: to, rows, sourceStride, targetStride })
      for (let row = 0; row < rows; row++) {
        const ours = [...memory.bytes.subarray(to + row * targetStride, to + row * targetStride + 33)]
        const plain = Array.from({ length: 33 }, (_, byte) =>
          plainSum(filter, Math.floor(byte / 3), (tap) => source[row * sourceStride + tap * 3 + (byte % 3)]),
        )
        expect(ours).toEqual(plain)
      }
    }
  })

  it('sums rows as the same loop does, at any distance between rows and from any first row', () => {
    for (const [stride, from] of [
      [16, 0],
      [32, 2],
      [48, 1],
    ] as const) {
      // prettier-ignore
      const filter = filterWeights('lanczos', { inputs: 29, outputs: 11, from: 3, length: 8 })
      const source = Uint8Array.from({ length: 29 * stride }, (_, index) => (index * 89 + stride) % 256)
      const memory = kernelMemory(roomForWeights(filter) + roomFor(30 * stride) + roomFor(8 * stride))
      const placed = placeWeights(memory, filter, from)
      const [at, to] = [memory.place(30 * stride), memory.place(8 * stride)]
      memory.bytes.set(source.subarray(from * stride), at)
      filterRows(placed, { source: at, target: to, stride })
      const plain = Array.from({ length: 8 * stride }, (_, index) =>
        plainSum(filter, Math.floor(index / stride), (tap) => source[tap * stride + (index % stride)]),
      )
      expect([...memory.bytes.subarray(to, to + 8 * stride)]).toEqual(plain)
    }
  })

  it('takes weights on both sides of nothing, up to more than one', () => {
    const filter = { first: Int32Array.of(0), count: Int32Array.of(3), weights: Int32Array.of(-900_000, 5_500_001, -405_697), taps: 3 } // prettier-ignore
    const memory = kernelMemory(roomForWeights(filter) + roomFor(5 * 16) + roomFor(16))
    const placed = placeWeights(memory, filter)
    const [from, to] = [memory.place(5 * 16), memory.place(16)]
    const source = Uint8Array.from({ length: 48 }, (_, index) => (index * 83) % 256)
    memory.bytes.set(source, from)
    filterRows(placed, { source: from, target: to, stride: 16 })
    const plain = Array.from({ length: 16 }, (_, byte) => plainSum(filter, 0, (tap) => source[tap * 16 + byte]))
    expect([...memory.bytes.subarray(to, to + 16)]).toEqual(plain)
  })
})

/** One output in plain integers, clipped. */
function plainSum(
  { first, count, weights, taps }: FilterWeights,
  output: number,
  valueOf: (tap: number) => number,
): number {
  let sum = 1 << (WEIGHT_BITS - 1)
  for (let tap = 0; tap < count[output]; tap++) sum += valueOf(first[output] + tap) * weights[output * taps + tap]
  return Math.min(255, Math.max(0, sum >> WEIGHT_BITS))
}
