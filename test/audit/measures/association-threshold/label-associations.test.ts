import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  labelAssociations,
  mostAssociated,
} from '../../../../src/audit/measures/association-threshold/label-associations.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'

const given = (images: number, ...counts: number[]) => ({ images, without: 0, counts })

describe('label associations', () => {
  it('ranks by chi-squared, and lists by how many images have the label; ties stand in label order', () => {
    // counts of 100 and 100 images: the differences of labels 0, 2 and 4 point to the target
    const target = given(100, 60, 10, 30, 50, 30)
    const rest = given(100, 20, 40, 10, 50, 10)
    const found = labelAssociations(target, rest, 'image')
    expect(mostAssociated(found, 'target', 20).map(({ label }) => label)).toEqual([0, 2, 4])
    expect(mostAssociated(found, 'target', 2).map(({ label }) => label)).toEqual([0, 2])
    expect(mostAssociated(found, 'rest', 20).map(({ label }) => label)).toEqual([1])
  })

  it('orders those that were picked by frequency, not by chi-squared', () => {
    const found = labelAssociations(given(100, 30, 90), given(100, 5, 70), 'image')
    const [first, second] = found.map(({ keyness }) => keyness?.signed ?? 0)
    expect(first).toBeGreaterThan(second ?? 0)
    expect(mostAssociated(found, 'target', 20).map(({ label }) => label)).toEqual([1, 0])
  })

  it('tests no label that nobody or everybody has, and does not count it in q', () => {
    const [nobody, everybody, some] = labelAssociations(given(10, 0, 10, 9), given(10, 0, 10, 3), 'image')
    expect([nobody?.keyness, nobody?.q, everybody?.keyness, everybody?.q]).toEqual([null, null, null, null])
    expect(some?.q).toBe(some?.keyness?.p) // one test alone
    expect(some?.q).toBeCloseTo(0.0197666111, 9) // Fisher's exact test, specification A3: expected counts of 4
  })

  it('counts labels instead of images for quanteda: other labels given move it', () => {
    const [images] = labelAssociations(given(110, 45, 0), given(430, 20, 0), 'image')
    const [tokens] = labelAssociations(given(110, 45, 65), given(430, 20, 410), 'token')
    expect(images?.keyness?.signed).toBeCloseTo(108.756169, 5)
    expect(tokens?.keyness?.signed).toBeCloseTo(105.358733, 5) // 45 of 110 labels given, 20 of 430
    const [busier] = labelAssociations(given(110, 45, 110), given(430, 20, 410), 'token')
    expect(busier?.keyness?.signed).toBeLessThan(tokens?.keyness?.signed ?? 0)
    expect(busier?.target).toEqual({ count: 45, total: 110 }) // shares stay shares of images
  })

  it('exchanges its sides when the groups change places', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(counts, counts, (own, other) => {
        const [a, b] = [given(40, ...own), given(40, ...other)]
        const labels = (side: 'target' | 'rest', found: ReturnType<typeof labelAssociations>): number[] =>
          mostAssociated(found, side, 5).map(({ label }) => label)
        expect(labels('target', labelAssociations(a, b, 'image'))).toEqual(
          labels('rest', labelAssociations(b, a, 'image')),
        )
      }),
    )
  })

  it('recovers planted associations among 300 labels, and at parity calls few labels apart', () => {
    const random = createRandom(11, 'planted-labels')
    const draw = (images: number, rates: readonly number[]) =>
      given(images, ...rates.map((rate) => random.binomial(images, rate)))
    const same = Array.from({ length: 300 }, () => 0.02 + 0.3 * random.uniform())
    const planted = new Map([[7, 0.7], [100, 0.6], [250, 0.8]]) // prettier-ignore
    const found = labelAssociations(
      draw(
        110,
        same.map((rate, label) => planted.get(label) ?? rate),
      ),
      draw(
        430,
        same.map((rate, label) => (planted.has(label) ? 0.1 : rate)),
      ),
      'image',
    )
    expect(
      mostAssociated(found, 'target', 3)
        .map(({ label }) => label)
        .sort((a, b) => a - b),
    ).toEqual([7, 100, 250])
    const apart = Array.from({ length: 200 }, () => {
      const none = labelAssociations(draw(110, same), draw(430, same), 'image')
      return none.some(({ q }) => (q ?? 1) < 0.05)
    }).filter(Boolean).length
    expect(apart / 200).toBeLessThan(0.1) // Benjamini-Hochberg at 5 %, and 200 draws
  })
})
