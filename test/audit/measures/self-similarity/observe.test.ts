import { describe, expect, it } from 'vitest'
import { selfSimilarityObserved } from '../../../../src/audit/definitions/observations/self-similarity.js'
import { observeSelfSimilarity } from '../../../../src/audit/measures/self-similarity/observe.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import { POLICY } from '../../../support/definitions.js'
import { embeddingsOf, inputOf, peopleOf } from '../made-up-scores.js'

const GENDER = { name: 'gender', values: ['Male', 'Female', 'unknown'] }
const RACE = { name: 'race', values: ['A', 'B', 'C'] }
const DIM = 16

type Row = { readonly of: readonly string[]; readonly vector: readonly number[] }
type Changes = { draws?: number; subjects?: string[]; groupBy?: string[][]; seed?: number; minimumImages?: number }

async function observe(rows: readonly Row[], changes: Changes = {}) {
  const { draws = 199, subjects = null, groupBy = [['gender']], seed = 1, minimumImages = 30 } = changes
  const people = peopleOf(rows[0].of.length === 1 ? [GENDER] : [GENDER, RACE], rows, subjects)
  const embeddings = embeddingsOf(rows.map(({ vector }) => vector))
  const policy = { ...POLICY, minimumImages }
  const input = inputOf({ kind: 'self-similarity', draws }, { people, embeddings, groupBy, policy, seed })
  const [observed] = await observeSelfSimilarity(input)
  return observed
}

/** Unit vectors whose mean cosine is `cosine`: the root of it in one direction, the rest in a random one of the others. */
function planted(of: readonly string[], cosine: number, count: number, random = createRandom(3)): Row[] {
  return Array.from({ length: count }, () => {
    const noise = Array.from({ length: DIM - 1 }, () => random.uniform() + random.uniform() + random.uniform() - 1.5)
    const length = Math.hypot(...noise)
    const rest = noise.map((value) => (value / length) * Math.sqrt(1 - cosine))
    return { of, vector: [Math.sqrt(cosine), ...rest] }
  })
}

function byPairs(rows: readonly Row[]): number {
  let [sum, pairs] = [0, 0]
  rows.forEach((a, i) =>
    rows.slice(i + 1).forEach((b) => {
      sum += a.vector.reduce((dot, value, d) => dot + value * b.vector[d], 0)
      pairs++
    }),
  )
  return sum / pairs
}

describe('observeSelfSimilarity', () => {
  const rows = [...planted(['Male'], 0.3, 60), ...planted(['Female'], 0.6, 80)]

  it('equals a loop over all pairs of a group', async () => {
    const { groups } = await observe(rows)
    expect(groups.map(({ key, images }) => [key, images])).toEqual([
      ['everyone', 140],
      ['gender=Male', 60],
      ['gender=Female', 80],
    ])
    const own = [rows, rows.slice(0, 60), rows.slice(60)]
    groups.forEach(({ value }, place) => expect(value).toBeCloseTo(byPairs(own[place]), 5)) // sums are taken in 32 bits
  })

  it('recovers what is planted, and how far the groups are apart, inside their intervals', async () => {
    const { groups } = await observe(rows, { draws: 999 })
    const [, men, women] = groups
    for (const [found, truth] of [
      [men, 0.3],
      [women, 0.6],
      [women.difference, 0.3],
      [men.difference, -0.3],
    ] as const) {
      // prettier-ignore
      expect(found?.value).toBeCloseTo(truth, 1)
      expect(found?.interval?.[0]).toBeLessThan(truth)
      expect(found?.interval?.[1]).toBeGreaterThan(truth)
    }
  })

  it('does not count the pairs of an image with its own copies: replicates lie around what was seen, not above it', async () => {
    // of 30 images a copy of an image is 1 in 30 of the pairs of a resample; counted, it would add (1 - 0.3) / 30 = 0.023
    const { groups } = await observe(planted(['Male'], 0.3, 30), { draws: 4000 })
    const { value, interval } = groups[1]
    const middle = ((interval?.[0] ?? 0) + (interval?.[1] ?? 0)) / 2
    expect(Math.abs(middle - (value ?? 0))).toBeLessThan(0.008)
  })

  it('compares a group with the mean of the others, so that equal groups that lie apart do not differ', async () => {
    const turned = (row: Row, gender: string): Row => ({
      of: [gender],
      vector: [...row.vector.slice(1), row.vector[0]],
    })
    const apart = [...planted(['Male'], 0.5, 200), ...planted(['Female'], 0.5, 200).map((row) => turned(row, 'Female'))]
    const [everyone, men] = (await observe(apart)).groups
    expect(everyone.value).toBeLessThan(0.3) // most pairs that are not of one group lie at a right angle
    expect(men.difference?.value).toBeCloseTo(0, 2)
  })

  it('has intervals that cover the truth in about 95 of 100 samples', async () => {
    let covered = 0
    for (let seed = 0; seed < 100; seed++) {
      const [, { interval }] = (await observe(planted(['Male'], 0.3, 40, createRandom(seed)), { seed })).groups
      if (interval && interval[0] <= 0.3 && interval[1] >= 0.3) covered++
    }
    expect(covered).toBeGreaterThanOrEqual(87)
  })

  it('gives a group the same figures whatever else is grouped by, and however many cells there are', async () => {
    const random = createRandom(9)
    const crossed = rows.map(({ of, vector }) => ({ of: [...of, RACE.values[random.below(3)]], vector }))
    const alone = await observe(rows)
    const both = await observe(crossed, { groupBy: [['race'], ['gender'], ['gender', 'race']] })
    for (const { key, value, interval } of alone.groups) {
      const same = both.groups.find((group) => group.key === key)
      expect(same?.value).toBeCloseTo(value ?? NaN, 6)
      expect(same?.interval?.[0]).toBeCloseTo(interval?.[0] ?? NaN, 5)
    }
  })

  it('says why there is no figure, and shows unknown groups nowhere but in everyone', async () => {
    const { groups } = await observe([...planted(['Male'], 0.3, 40), ...planted(['unknown'], 0.3, 2)])
    expect(groups.map(({ key, images }) => [key, images])).toEqual([['everyone', 42], ['gender=Male', 40], ['gender=Female', 0]]) // prettier-ignore
    expect(groups[1].difference).toEqual({ value: null, reason: 'reference-too-small' })
    expect(groups[2]).toMatchObject({ value: null, reason: 'no-images', difference: { value: null } })
    const few = await observe([...planted(['Male'], 0.3, 40), ...planted(['Female'], 0.3, 1)])
    expect(few.groups[2]).toMatchObject({ value: null, reason: 'group-too-small' })
    const two = await observe([...planted(['Male'], 0.3, 40), ...planted(['Female'], 0.3, 2)])
    expect(two.groups[2]).toMatchObject({ interval: null, intervalReason: 'group-too-small' })
    expect(two.groups[2].value).not.toBeNull()
  })

  it('gives no interval where several images show one subject', async () => {
    const { groups } = await observe(rows, { subjects: rows.map((_, place) => `s${place >> 1}`) })
    expect(groups[1]).toMatchObject({ interval: null, intervalReason: 'repeated-subjects' })
    expect(groups[1].difference).toMatchObject({ interval: null, intervalReason: 'repeated-subjects' })
  })

  it('repeats itself from one seed, and is read back as it was written', async () => {
    const observed = await observe(rows)
    expect(await observe(rows)).toEqual(observed)
    expect(await observe(rows, { seed: 2 })).not.toEqual(observed)
    expect(selfSimilarityObserved.parse(JSON.parse(JSON.stringify(observed)))).toEqual(observed)
  })
})
