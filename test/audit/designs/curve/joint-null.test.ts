import { describe, expect, it } from 'vitest'
import { jointNull } from '../../../../src/audit/designs/curve/joint-null.js'
import { emptyBits, placeOf, type OutcomeBits } from '../../../../src/audit/scoring/outcome-bits.js'
import { createRandom, type Random } from '../../../../src/audit/statistics/random.js'

const MARGIN = { difference: 0.01, ratio: 1.25 }
const ALPHA = 0.05

/** Images whose chance to be inside an outcome varies from image to image, so that specifications are much alike; and on top of it, by group. */
function drawn(
  random: Random,
  { images, specifications, extra = [0, 0] }: { images: number; specifications: number; extra?: readonly number[] },
): { bits: OutcomeBits; groupOf: Int32Array } {
  const bits = emptyBits({ images, outcomes: 1, specifications })
  const groupOf = Int32Array.from({ length: images }, () => random.below(extra.length))
  for (let image = 0; image < images; image++) {
    const chance = 0.4 * random.uniform() ** 2 + extra[groupOf[image]]
    for (let s = 0; s < specifications; s++) {
      const { word, bit } = placeOf(bits, 0, s)
      if (random.uniform() < chance) bits.rows[image * bits.wordsPerOutcome + word] |= 1 << bit
    }
  }
  return { bits, groupOf }
}

function nullOf({ bits, groupOf }: ReturnType<typeof drawn>, random: Random, groups = 2, draws = 99) {
  return jointNull({ bits, groupOf, groups, margin: MARGIN, draws, random })[0]
}

describe('jointNull', () => {
  it('raises its alarm in about 5 of 100 worlds without a difference', () => {
    const SEEDS = 200
    const alarms = { medianDifference: 0, shareBeyondMargin: 0 }
    for (let seed = 1; seed <= SEEDS; seed++) {
      const world = drawn(createRandom(seed, 'world'), { images: 240, specifications: 12, extra: [0, 0, 0] })
      const [group] = nullOf(world, createRandom(seed, 'null'), 3).groups
      if ((group?.medianDifference.p ?? 1) <= ALPHA) alarms.medianDifference++
      if ((group?.shareBeyondMargin.p ?? 1) <= ALPHA) alarms.shareBeyondMargin++
    }
    // of a binomial of 200 at 5%: below 3 or above 19 comes in 3 of 1,000 runs
    expect(alarms.medianDifference).toBeGreaterThanOrEqual(3)
    expect(alarms.medianDifference).toBeLessThanOrEqual(19)
    expect(alarms.shareBeyondMargin).toBeLessThanOrEqual(19) // a share has ties, which count against an alarm
  })

  it('finds a difference that is there, and says how large chance alone would make it', () => {
    const world = drawn(createRandom(5, 'world'), { images: 600, specifications: 40, extra: [0.25, 0] })
    const [first, second] = nullOf(world, createRandom(5, 'null')).groups
    expect(first?.medianDifference.p).toBe(0.01)
    expect(first?.shareBeyondMargin.p).toBe(0.01)
    expect(first?.medianDifference.mean).toBeLessThan(0.06)
    expect(first?.medianDifference.percentile95).toBeGreaterThan(first?.medianDifference.mean ?? 1)
    expect(second).toEqual(first) // of two groups, one is what the other is not
  })

  it('deals the images once for all specifications: equal specifications stay equal', () => {
    const { bits, groupOf } = drawn(createRandom(8, 'world'), { images: 300, specifications: 1 })
    const many = emptyBits({ images: 300, outcomes: 1, specifications: 50 })
    for (let image = 0; image < 300; image++)
      for (let s = 0; s < 50; s++) {
        const { word, bit } = placeOf(many, 0, s)
        many.rows[image * many.wordsPerOutcome + word] |= bits.rows[image] << bit
      }
    const once = nullOf({ bits, groupOf }, createRandom(8, 'null'))
    expect(nullOf({ bits: many, groupOf }, createRandom(8, 'null'))).toEqual(once)
    const shares = once.groups[0]?.shareBeyondMargin
    expect(shares?.mean).toBeGreaterThan(0) // all of 50 or none of them, in every draw
    expect(shares?.percentile95).toBe(1)
  })

  it('is the same for the same stream, and another for another', () => {
    const world = drawn(createRandom(4, 'world'), { images: 200, specifications: 10 })
    const once = nullOf(world, createRandom(1, 'joint-null/a'))
    expect(nullOf(world, createRandom(1, 'joint-null/a'))).toEqual(once)
    expect(nullOf(world, createRandom(1, 'joint-null/b'))).not.toEqual(once)
  })

  it('leaves out images that are not compared, and gives nothing for a side without images', () => {
    const world = drawn(createRandom(6, 'world'), { images: 200, specifications: 10, extra: [0, 0.2] })
    const some = world.groupOf.map((group, image) => (image % 3 === 0 ? -1 : group))
    const kept = world.groupOf.map((_, image) => image).filter((image) => image % 3 !== 0)
    const alone = emptyBits({ images: kept.length, outcomes: 1, specifications: 10 })
    kept.forEach((image, row) => (alone.rows[row] = world.bits.rows[image]))
    const without = { bits: alone, groupOf: Int32Array.from(kept, (image) => world.groupOf[image]) }
    const pOf = (result: ReturnType<typeof nullOf>) => result.groups[0]?.medianDifference.p
    expect(pOf(nullOf({ ...world, groupOf: some }, createRandom(2)))).toBe(pOf(nullOf(without, createRandom(2))))
    const single = new Int32Array(200)
    expect(nullOf({ ...world, groupOf: single }, createRandom(2)).groups).toEqual([null, null])
    expect(nullOf({ ...world, groupOf: single.fill(-1) }, createRandom(2)).groups).toEqual([null, null])
  })
})
