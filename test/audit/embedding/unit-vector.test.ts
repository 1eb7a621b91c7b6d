import { describe, expect, it } from 'vitest'
import { squaredLength, writeUnitVector } from '../../../src/audit/embedding/unit-vector.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

describe('writeUnitVector', () => {
  it('sums and divides as the plain loops do, to the last bit, at every length', () => {
    const random = createRandom(1, 'vectors')
    for (let dim = 1; dim <= 70; dim++) {
      const raw = Float32Array.from({ length: dim }, () => random.uniform() - 0.5)
      let squares = 0
      for (const value of raw) squares += value * value
      expect(squaredLength(raw)).toBe(squares)
      const written = new Float32Array(dim + 2).fill(9)
      writeUnitVector(written, 1, raw)
      expect([...written]).toEqual([9, ...raw.map((value) => value / Math.sqrt(squares)), 9])
    }
  })
})
