import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import wabt from 'wabt'
import { describe, expect, it } from 'vitest'
import {
  filterPass,
  kernelMemory,
  placeWeights,
  roomFor,
  roomForWeights,
  STEP_BYTES,
} from '../../../src/audit/model/pillow-kernel.js'
import { filterWeights, WEIGHT_BITS } from '../../../src/audit/model/resample-filter.js'

const MODEL = join(import.meta.dirname, '../../../src/audit/model')
const CODE = join(MODEL, 'pillow-kernel-code.ts')

describe('the resampling kernel', () => {
  it('is what pillow-kernel.wat says (npm run kernel writes it again)', async () => {
    const expected = await compiled()
    if (process.env['KERNEL'] === 'write') writeFileSync(CODE, expected)
    expect(readFileSync(CODE, 'utf8')).toBe(expected)
  })

  it('sums as the same loop in plain integers does, at every length of line', () => {
    for (let bytes = 1; bytes <= 13; bytes++) {
      const weights = filterWeights('bicubic', { inputs: 29, outputs: 11, from: 0, length: 11 })
      const source = Uint8Array.from({ length: 29 * bytes }, (_, index) => (index * 97 + bytes * 31) % 256)
      const outputStride = Math.ceil(bytes / STEP_BYTES) * STEP_BYTES
      const memory = kernelMemory(roomForWeights(weights) + roomFor(source.length) + roomFor(11 * outputStride))
      const placed = placeWeights(memory, weights)
      const [from, to] = [memory.place(source.length), memory.place(11 * outputStride)]
      memory.bytes.set(source, from)
      filterPass(placed, {
        source: from,
        target: to,
        tapStride: bytes,
        outputStride,
        lines: outputStride / STEP_BYTES,
        sourceStride: STEP_BYTES,
        targetStride: STEP_BYTES,
      })
      const filtered = memory.bytes.subarray(to)
      for (let output = 0; output < 11; output++) {
        const ours = [...filtered.subarray(output * outputStride, output * outputStride + bytes)]
        const plain = Array.from({ length: bytes }, (_, byte) => {
          let sum = 1 << (WEIGHT_BITS - 1)
          for (let tap = 0; tap < weights.count[output]; tap++) {
            const position = (weights.first[output] + tap) * bytes + byte
            sum += source[position] * weights.weights[output * weights.taps + tap]
          }
          return Math.min(255, Math.max(0, sum >> WEIGHT_BITS))
        })
        expect(ours).toEqual(plain)
      }
    }
  })
})

async function compiled(): Promise<string> {
  const source = readFileSync(join(MODEL, 'pillow-kernel.wat'), 'utf8')
  const module = (await wabt()).parseWat('pillow-kernel.wat', source, { simd: true })
  const { buffer } = module.toBinary({})
  return `/** Compiled from pillow-kernel.wat by \`npm run kernel\`; a test holds the two together. */
export const PILLOW_KERNEL =
  '${Buffer.from(buffer).toString('base64')}'
`
}
