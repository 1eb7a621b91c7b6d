import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawTraining } from '../../../../src/audit/measures/linear-probe/draw-training.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'

const CLASS_OF = Int32Array.from({ length: 60 }, (_, place) => place % 3)

describe('drawTraining', () => {
  it('draws as many images of each class as are wanted, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (shots, seed) => {
        const { places, fewer } = drawTraining(CLASS_OF, 3, shots, createRandom(seed))
        expect(new Set(places).size).toBe(3 * shots)
        expect([...places].sort((a, b) => a - b)).toEqual([...places])
        for (const own of [0, 1, 2]) expect(places.filter((place) => CLASS_OF[place] === own)).toHaveLength(shots)
        expect(fewer).toEqual([])
      }),
    )
  })
  it('holds the images of a smaller draw', () => {
    const [few, many] = [4, 8].map((shots) => drawTraining(CLASS_OF, 3, shots, createRandom(5)).places)
    expect([...few].every((place) => many.includes(place))).toBe(true)
  })
  it('takes all where a class has fewer, and names it; a class without any is another matter', () => {
    const { places, fewer } = drawTraining(Int32Array.of(0, 0, 0, 0, 2), 3, 2, createRandom(1))
    expect(places).toHaveLength(3)
    expect(fewer).toEqual([2])
  })
  it('takes every image for 0', () =>
    expect([...drawTraining(CLASS_OF, 3, 0, createRandom(1)).places]).toEqual([...CLASS_OF.keys()]))
})
