import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSplitter } from '../../../src/audit/statistics/hypergeometric-split.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { meanOf } from './group-samples.js'
import { referenceRows } from './reference-rows.js'

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, value) => all + value, 0)

/** Chi-squared of drawn splits against their exact probabilities; splits expected fewer than five times are taken together. */
function misfit(
  draws: ReadonlyMap<string, number>,
  exact: Readonly<Record<string, number | 'Infinity'>>,
  total: number,
) {
  const cells = Object.entries(exact).map(([split, chance]) => [draws.get(split) ?? 0, Number(chance) * total])
  const [common, rare] = [cells.filter(([, expected]) => expected >= 5), cells.filter(([, expected]) => expected < 5)]
  const all = [...common, [sum(rare.map(([seen]) => seen)), sum(rare.map(([, expected]) => expected))]]
  const used = all.filter(([, expected]) => expected >= 5)
  return {
    chiSquared: sum(used.map(([seen, expected]) => (seen - expected) ** 2 / expected)),
    degreesOfFreedom: used.length - 1,
    unforeseen: [...draws.keys()].filter((split) => !(split in exact)),
  }
}

describe('createSplitter', () => {
  // the small layouts pick image by image, the last one draws group by group
  it.each(referenceRows<{ totals: number[]; flagged: number }>('hypergeometric-split'))(
    'draws every split as often as scipy says: $input',
    ({ input, expected }) => {
      const split = createSplitter(input.totals)
      const random = createRandom(21)
      const drawn = new Map<string, number>()
      for (let draw = 0; draw < 20_000; draw++) {
        const key = split(input.flagged, random).join(' ')
        drawn.set(key, (drawn.get(key) ?? 0) + 1)
      }
      const { chiSquared, degreesOfFreedom, unforeseen } = misfit(drawn, expected, 20_000)
      expect(unforeseen).toEqual([])
      // mean and three standard deviations of chi-squared
      expect(chiSquared).toBeLessThan(degreesOfFreedom + 3 * Math.sqrt(2 * degreesOfFreedom))
    },
  )
  it.each([100, 1500, 5000, 9000, 10900])(
    'has the mean and the variance of the hypergeometric at %i flagged',
    (flagged) => {
      const totals = [1556, 1550, 118, 1623, 4692, 1415]
      const images = sum(totals)
      const split = createSplitter(totals)
      const random = createRandom(4)
      const drawn = Array.from({ length: 4000 }, () => Array.from(split(flagged, random)))
      totals.forEach((total, group) => {
        const counts = drawn.map((counts) => counts[group])
        const share = flagged / images
        const variance = (total * share * (1 - share) * (images - total)) / (images - 1)
        expect(Math.abs(meanOf(counts) - total * share)).toBeLessThan(3.5 * Math.sqrt(variance / 4000))
        const seen = meanOf(counts.map((count) => (count - total * share) ** 2))
        expect(Math.abs(seen / variance - 1)).toBeLessThan(3.5 * Math.sqrt(2.5 / 4000))
      })
    },
  )
  it('never gives a group more than it has, and gives away all', () => {
    const totals = fc.array(fc.oneof(fc.nat(3), fc.nat(400)), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(totals, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (totals, share, seed) => {
        const split = createSplitter(Object.freeze(totals))
        const random = createRandom(seed)
        const flagged = Math.round(share * sum(totals))
        for (let draw = 0; draw < 5; draw++) {
          const counts = split(flagged, random)
          expect(sum(counts)).toBe(flagged)
          expect(counts.every((count, group) => count <= totals[group])).toBe(true)
        }
      }),
    )
  })
  it('draws nothing where there is nothing to choose', () => {
    const split = createSplitter([3, 0, 2])
    const random = createRandom(1)
    expect([...split(0, random)]).toEqual([0, 0, 0])
    expect([...split(5, random)]).toEqual([3, 0, 2])
    expect(random.next()).toBe(createRandom(1).next())
  })
  it('gives equal splits from equal seeds, whatever was drawn before', () => {
    const [fresh, used] = [createSplitter([40, 50, 60]), createSplitter([40, 50, 60])]
    for (const flagged of [15, 75, 138]) used(flagged, createRandom(9))
    for (const flagged of [15, 75, 138]) {
      expect([...used(flagged, createRandom(8))]).toEqual([...fresh(flagged, createRandom(8))])
    }
  })
  it('overwrites its answer at the next call', () => {
    const split = createSplitter([4, 4])
    expect(split(2, createRandom(1))).toBe(split(3, createRandom(1)))
  })
  it('changes from picking images to drawing groups where that begins to pay', () => {
    // picking takes two words of the generator for each image, drawing two for each group
    const words = (flagged: number) => {
      const counted = { ...createRandom(1), words: 0 }
      const uniform = () => {
        counted.words++
        return 0.5
      }
      createSplitter([100, 100])(flagged, { ...counted, uniform })
      return counted.words
    }
    expect([10, 11, 189, 190].map(words)).toEqual([10, 2, 2, 10])
  })
  it('refuses totals and flagged images that cannot be', () => {
    for (const total of [-1, 0.5, NaN]) {
      expect(() => createSplitter([1, total])).toThrow(
        `createSplitter expected whole totals from 0 but received ${total}`,
      )
    }
    for (const flagged of [-1, 0.5, 6]) {
      expect(() => createSplitter([2, 3])(flagged, createRandom(1))).toThrow(
        `createSplitter expected flagged images from 0 to 5 but received ${flagged}`,
      )
    }
  })
})
