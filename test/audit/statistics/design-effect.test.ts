import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { designEffect } from '../../../src/audit/statistics/design-effect.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { meanOf } from './group-samples.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

type Sums = Parameters<typeof designEffect>[0]
type Subject = { readonly count: number; readonly images: number }

function sumsOf(subjects: readonly Subject[]): Sums {
  const sum = (of: (subject: Subject) => number) => subjects.reduce((all, subject) => all + of(subject), 0)
  return {
    subjects: subjects.length,
    images: sum(({ images }) => images),
    count: sum(({ count }) => count),
    squaredCounts: sum(({ count }) => count * count),
    crossProducts: sum(({ count, images }) => count * images),
    squaredImages: sum(({ images }) => images * images),
  }
}

const two = sumsOf([
  { count: 2, images: 2 },
  { count: 0, images: 2 },
])

describe('designEffect', () => {
  // where each subject has one image the covariance has a factor S / (S - 1), which tells of no repetition: ours is 1
  it.each(referenceRows<Sums>('design-effect').filter(({ input }) => input.subjects < input.images))(
    'agrees with clustered covariance: $input',
    ({ input, expected }) => {
      const { value, effectiveImages } = designEffect(input)
      expectClose(value, expected.value, ROOT_FOUND)
      expectClose(effectiveImages, expected.effectiveImages, ROOT_FOUND)
    },
  )
  it('is 1 where each subject has one image, whatever was counted', () => {
    const single = { subjects: 30, images: 30, count: 3, squaredCounts: 3, crossProducts: 3, squaredImages: 30 }
    expect(designEffect(single)).toEqual({ value: 1, effectiveImages: 30 })
  })
  it('of subjects whose images all agree is their images each, with the factor for few subjects', () =>
    expect(designEffect(two)).toEqual({ value: 4, effectiveImages: 1 }))
  it('is never below 1, though images of a subject may differ more than those of others', () =>
    expect(
      designEffect(
        sumsOf([
          { count: 1, images: 2 },
          { count: 1, images: 2 },
        ]),
      ),
    ).toEqual({ value: 1, effectiveImages: 4 }))
  it.each([
    ['nobody is counted', [0, 0, 0]],
    ['everybody is counted', [3, 1, 4]],
  ])('takes all images of a subject to agree where %s', (_, counts) =>
    expect(designEffect(sumsOf([3, 1, 4].map((images, subject) => ({ count: counts[subject], images })))).value).toBe(
      26 / 8,
    ),
  )
  it('takes the images of a single subject as one', () =>
    expect(designEffect(sumsOf([{ count: 3, images: 7 }]))).toEqual({ value: 7, effectiveImages: 1 }))
  it.each([
    // agreement of two images of one subject (intra-class correlation), images of each
    [0, 8],
    [0.2, 8],
    [0.5, 4],
    [0.8, 10],
  ])('recovers a planted agreement of %d among %i images', (correlation, images) => {
    const random = createRandom(31)
    const effects = Array.from({ length: 60 }, () => {
      const subjects = Array.from({ length: 300 }, () => clustered(random.uniform, correlation, images))
      return designEffect(sumsOf(subjects)).value
    })
    expect(Math.abs(meanOf(effects) / (1 + (images - 1) * correlation) - 1)).toBeLessThan(0.05)
  })
  it('does not depend on what is counted, those flagged or those not', () => {
    const subject = fc
      .integer({ min: 1, max: 9 })
      .chain((images) => fc.record({ count: fc.nat(images), images: fc.constant(images) }))
    fc.assert(
      fc.property(fc.array(subject, { minLength: 1, maxLength: 20 }), (subjects) => {
        const mirrored = subjects.map(({ count, images }) => ({ count: images - count, images }))
        const [there, back] = [designEffect(sumsOf(subjects)), designEffect(sumsOf(mirrored))]
        expectClose(there.value, back.value, ROOT_FOUND)
        expect(there.value).toBeGreaterThanOrEqual(1)
      }),
    )
  })
  it('refuses counts and subjects that cannot be', () => {
    expect(() => designEffect({ ...two, count: 5 })).toThrow('designEffect expected a whole count from 0 to 4')
    for (const subjects of [0, 1.5, 5]) {
      expect(() => designEffect({ ...two, subjects })).toThrow(
        `designEffect expected whole subjects from 1 to 4 but received ${subjects}`,
      )
    }
    expect(() => designEffect({ ...two, subjects: 4 })).not.toThrow()
  })
})

/** Images of one subject, flagged with rate 0.3 and this agreement: Polya's urn, in which those before count. */
function clustered(uniform: () => number, correlation: number, images: number): Subject {
  const weight = correlation === 0 ? Infinity : 1 / correlation - 1
  let count = 0
  for (let image = 0; image < images; image++) {
    const chance = weight === Infinity ? 0.3 : (0.3 * weight + count) / (weight + image)
    if (uniform() < chance) count++
  }
  return { count, images }
}
