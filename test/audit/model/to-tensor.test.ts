import { describe, expect, it } from 'vitest'
import { fillPixelTensor } from '../../../src/audit/model/to-tensor.js'
import { clipLike } from './clip-like.js'

describe('pixels to numbers', () => {
  it('puts channels first and normalises each with its own mean and std', () => {
    const tensor = new Float32Array(12)
    fillPixelTensor(tensor, [Uint8Array.of(0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255)], clipLike(2))
    // numpy 2.4.6, float32: (np.float32(x * 0.00392156862745098) - np.float32(mean)) / np.float32(std)
    expect([...tensor]).toEqual(REFERENCE)
  })

  it('refuses an image of another size', () => {
    expect(() => fillPixelTensor(new Float32Array(12), [new Uint8Array(9)], clipLike(2))).toThrow(
      'expected 12 bytes of RGB pixels but received 9',
    )
  })
})

const REFERENCE = [
  -1.7922625541687012, -1.748467206954956, 1.8573440313339233, 1.901139259338379, -1.7370892763137817,
  -1.6920660734176636, 2.01485276222229, 2.059875965118408, -1.4517797231674194, -1.4091194868087769,
  2.1032369136810303, 2.1458969116210938,
]
