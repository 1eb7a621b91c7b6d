import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBitCounter } from '../../../src/audit/scoring/count-bits.js'
import { emptyBits, placeOf, type OutcomeBits } from '../../../src/audit/scoring/outcome-bits.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

function randomBits(images: number, outcomes: number, specifications: number, seed: number): OutcomeBits {
  const bits = emptyBits({ images, outcomes, specifications })
  const random = createRandom(seed)
  const words = outcomes * bits.wordsPerOutcome
  for (let image = 0; image < images; image++)
    for (let outcome = 0; outcome < outcomes; outcome++)
      for (let s = 0; s < specifications; s++) {
        const { word, bit } = placeOf(bits, outcome, s)
        if (random.below(3) > 0) bits.rows[image * words + word] |= 1 << bit
      }
  return bits
}

/** One bit at a time. */
function countedOneByOne(bits: OutcomeBits, chosen: readonly number[]): number[] {
  const words = bits.outcomes * bits.wordsPerOutcome
  return Array.from({ length: bits.outcomes * bits.specifications }, (_, column) => {
    const { word, bit } = placeOf(bits, Math.floor(column / bits.specifications), column % bits.specifications)
    return chosen.filter((row) => ((bits.rows[row * words + word] >>> bit) & 1) === 1).length
  })
}

describe('createBitCounter', () => {
  it('counts as counting one by one does, whatever the number of rows, outcomes and specifications', () => {
    const sizes = fc.record({
      outcomes: fc.integer({ min: 1, max: 3 }),
      specifications: fc.constantFrom(1, 31, 32, 33, 70),
      chosen: fc.array(fc.integer({ min: 0, max: 49 }), { maxLength: 90 }),
      seed: fc.integer({ min: 0, max: 1000 }),
    })
    fc.assert(
      fc.property(sizes, ({ outcomes, specifications, chosen, seed }) => {
        const bits = randomBits(50, outcomes, specifications, seed)
        const counts = createBitCounter(bits)(Int32Array.from(chosen), 0, chosen.length)
        expect([...counts]).toEqual(countedOneByOne(bits, chosen))
      }),
      { numRuns: 60 },
    )
  })
  it('counts a part of the chosen rows, and forgets what it counted before', () => {
    const bits = randomBits(40, 2, 40, 7)
    const count = createBitCounter(bits)
    const chosen = Int32Array.from({ length: 40 }, (_, row) => row)
    count(chosen, 0, 40)
    expect([...count(chosen, 5, 19)]).toEqual(countedOneByOne(bits, [...chosen.subarray(5, 24)]))
    expect([...count(chosen, 3, 0)]).toEqual(Array.from({ length: 80 }, () => 0))
  })
  it('carries into every digit: 1,025 rows that all have the bit', () => {
    const bits = emptyBits({ images: 1, outcomes: 1, specifications: 1 })
    bits.rows[0] = 1
    expect([...createBitCounter(bits)(new Int32Array(1025), 0, 1025)]).toEqual([1025])
  })
})
