import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  captionAssociations,
  permutedAssociations,
} from '../../../../src/audit/measures/caption-association/associations.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'

describe('captionAssociations', () => {
  it('agrees with numpy: difference of means over the population deviation', () => {
    const captions = [
      [0.3, 0.1, 0.25, 0.2, 0.05, 0.4],
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
    ]
    const scores = Float32Array.from(captions[0].flatMap((score, image) => [score, captions[1][image]]))
    const found = captionAssociations({ captions: 2, scores, codes: Uint16Array.of(0, 1, 0, 1, 1, 2), groups: 3 })
    const expected = [
      [0.7424621202458751, -1.6970562748477143, 1.8667619023324855],
      [-1.31746509848052, 0.19518001458970693, 1.7566201313073597],
    ].flat()
    expected.forEach((value, index) => expect(Math.abs(found[index] - value)).toBeLessThan(1e-6)) // scores are float32
  })

  it('has none where all similarities are equal, or a side has no image', () => {
    const of = { captions: 1, codes: Uint16Array.of(0, 1, 1), groups: 2 }
    expect([...captionAssociations({ ...of, scores: Float32Array.of(0.1, 0.1, 0.1) })]).toEqual([NaN, NaN])
    const alone = { captions: 1, codes: Uint16Array.of(0, 0), groups: 2, scores: Float32Array.of(0.1, 0.2) }
    expect([...captionAssociations(alone)]).toEqual([NaN, NaN])
  })

  it('of two groups is one figure with its sign turned, and scale and place of the scores do not matter', () => {
    const images = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(1)), { minLength: 4, maxLength: 40 })
    fc.assert(
      fc.property(images, (drawn) => {
        const codes = Uint16Array.from([0, 1, ...drawn.map(([, code]) => code)])
        const scores = Float32Array.from([-1, 10, ...drawn.map(([score]) => score)])
        const [first, second] = captionAssociations({ captions: 1, scores, codes, groups: 2 })
        expect(first).toBeCloseTo(-second, 9)
        const moved = captionAssociations({ captions: 1, scores: scores.map((s) => 2 * s + 4), codes, groups: 2 })
        expect(moved[0]).toBeCloseTo(first, 5)
      }),
    )
  })
})

describe('permutedAssociations', () => {
  it('gives every partition of the images equally often', () => {
    // 4 images, 2 a group: 6 partitions, of which 1 reaches 0.15 / deviation
    const of = { captions: 1, scores: Float32Array.of(0, 0.1, 0.2, 0.3), codes: Uint16Array.of(1, 1, 0, 0), groups: 2 }
    const [seen] = captionAssociations(of)
    let reached = 0
    permutedAssociations(of, { draws: 6000, random: createRandom(5, 'x') }, ([drawn]) => {
      if (drawn >= seen - 1e-9) reached++
    })
    expect(Math.abs(reached / 6000 - 1 / 6)).toBeLessThan(4 * Math.sqrt(5 / 36 / 6000))
  })
})
