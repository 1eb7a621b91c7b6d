import { describe, expect, it } from 'vitest'
import { agreementOf } from '../../../../src/audit/measures/annotator-agreement/agreement.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'

const random = () => createRandom(1, 'agreement')
const SETTINGS = { draws: 499, level: 0.05 }

describe('agreementOf', () => {
  it('gives alpha, what agrees, and an interval around it', () => {
    const patterns = [
      { counts: [3, 0], images: 40 },
      { counts: [2, 1], images: 10 },
      { counts: [0, 3], images: 50 },
    ]
    const { images, alpha, observed } = agreementOf(patterns, SETTINGS, random())
    expect(images).toBe(100)
    expect(observed.value).toBeCloseTo((120 + 10 + 150) / 300, 12)
    expect(alpha.value).toBeCloseTo(1 - (299 * 20) / (90_000 - 140 ** 2 - 160 ** 2), 12)
    const [low, high] = alpha.interval ?? [NaN, NaN]
    expect(low).toBeLessThan(alpha.value ?? NaN)
    expect(high).toBeGreaterThan(alpha.value ?? NaN)
  })
  it('does not move with how images are dealt to cells', () => {
    const whole = [{ counts: [2, 0], images: 6 }, { counts: [1, 1], images: 4 }, { counts: [0, 2], images: 5 }] // prettier-ignore
    const parts = [{ counts: [0, 2], images: 5 }, { counts: [2, 0], images: 2 }, { counts: [1, 1], images: 4 }, { counts: [2, 0], images: 4 }] // prettier-ignore
    expect(agreementOf(parts, SETTINGS, random())).toEqual(agreementOf(whole, SETTINGS, random()))
  })
  it('has no alpha where all decisions are one label, or nobody judged what another did', () => {
    expect(agreementOf([{ counts: [3, 0], images: 9 }], SETTINGS, random()).alpha).toMatchObject({
      value: null,
      reason: 'no-variation',
    })
    expect(agreementOf([{ counts: [1, 0], images: 9 }], SETTINGS, random()).alpha).toMatchObject({
      value: null,
      reason: 'no-images',
    })
  })
  it('gives no interval where too many samples have one label only', () => {
    const patterns = [{ counts: [2, 0], images: 30 }, { counts: [1, 1], images: 1 }] // prettier-ignore
    const { alpha } = agreementOf(patterns, SETTINGS, random())
    expect(alpha.value).not.toBeNull()
    expect([alpha.interval, alpha.intervalReason]).toEqual([null, 'no-variation'])
  })
  it('covers the alpha of people with known error rates in about 95 of 100 samples', () => {
    // two people, each right with 0.9 about one of two equally likely labels: they agree with 0.9 x 0.9 + 0.1 x 0.1 = 0.82, alpha 0.64
    let inside = 0
    for (let sample = 0; sample < 100; sample++) {
      const dealing = createRandom(sample, 'people')
      const counts = [0, 0, 0]
      for (let image = 0; image < 200; image++) {
        const truth = dealing.below(2)
        const said = [0, 1].map(() => (dealing.uniform() < 0.9 ? truth : 1 - truth))
        counts[said[0] + said[1]]++
      }
      const patterns = [{ counts: [2, 0], images: counts[0] }, { counts: [1, 1], images: counts[1] }, { counts: [0, 2], images: counts[2] }] // prettier-ignore
      const [low, high] = agreementOf(patterns, { draws: 199, level: 0.05 }, createRandom(sample, 'draws')).alpha
        .interval ?? [1, 0]
      if (low <= 0.64 && (high ?? 0) >= 0.64) inside++
    }
    expect(inside).toBeGreaterThanOrEqual(88)
  })
})
