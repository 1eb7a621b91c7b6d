import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topDrawer } from '../../../../src/audit/measures/retrieval-skew/draw-tops.js'
import { TOP_FIGURES, topFigures, type TopRules } from '../../../../src/audit/measures/retrieval-skew/top-figures.js'

describe('topDrawer', () => {
  it.each(['strict', 'debias-vision-lang', 'visogender'] as const)('as %s gives what topFigures gives, at every cut', (as) => {
    const lists = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 60 })
    fc.assert(
      fc.property(lists, fc.constantFrom('uniform', 'dataset'), fc.nat(3), (codes, desired, ties) => {
        const images = [0, 1, 2, 3].map((code) => codes.filter((one) => one === code).length)
        fc.pre(images.filter((count) => count > 0).length > 1)
        const rules: TopRules = { desired, as, bias: [0, 3] }
        const cuts = [1, 4, 8]
        const taken = cuts.map((cut) => (as === 'debias-vision-lang' ? cut + ties : cut))
        const places = Int32Array.from({ length: 8 + ties }, (_, place) => codes.length - 1 - place)
        const seen: number[] = []
        topDrawer({ images, cuts, longest: places.length, rules })(
          Uint16Array.from(codes),
          { places, taken },
          (cut, numbers) => {
            seen.push(cut)
            const ranked = Array.from(places.subarray(0, taken[cut]), (place) => codes[place])
            const { figures } = topFigures({ cut: cuts[cut], ranked, images }, rules)
            TOP_FIGURES.forEach((figure, index) => {
              if (figure !== 'minSkew') expect(Math.abs(numbers[index] - (figures?.[figure] ?? NaN))).toBeLessThan(1e-12)
            })
          },
        )
        expect(seen).toEqual([0, 1, 2])
      }),
    )
  }) // prettier-ignore
})
