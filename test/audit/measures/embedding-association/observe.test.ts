import { describe, expect, it } from 'vitest'
import { embeddingAssociationObserved } from '../../../../src/audit/definitions/observations/embedding-association.js'
import { observeEmbeddingAssociation } from '../../../../src/audit/measures/embedding-association/observe.js'
import { embeddingAssociationRules } from '../../../../src/audit/measures/embedding-association/rules.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import { describeLabelSet } from '../../../../src/audit/describe-facts.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { LABELS, POLICY } from '../../../support/definitions.js'
import { designOf, inputOf, peopleOf, type MadeUpRow } from '../made-up-scores.js'

const GENDER = { name: 'gender', values: ['Male', 'Female', 'unknown'] }
/** Are images of men nearer to both labels of persons than to that of a thief, against those of women? */
const TEST = { id: 'men', attribute: 'gender', x: 'Male', y: 'Female', a: 'person', b: 'crime' }
const MEASURE: MeasureOf<'embedding-association'> = {
  kind: 'embedding-association',
  tests: [TEST],
  deviation: 'sample',
  draws: 999,
}

/** Cosines with man, woman, animal and thief of which s(w) is the first two's mean less the last. */
const row = (gender: string, s: number): MadeUpRow => ({ of: [gender], scores: [0.2 + s, 0.2 + s, 0, 0.2] })

type Changes = { measure?: Partial<typeof MEASURE>; minimumImages?: number; subjects?: string[]; alpha?: number; seed?: number } // prettier-ignore

async function observe(rows: readonly MadeUpRow[], changes: Changes = {}) {
  const { measure, minimumImages = 1, subjects = null, alpha = 0.05, seed = 1 } = changes
  const people = peopleOf([GENDER], rows, subjects)
  const policy = { ...POLICY, minimumImages, alpha }
  const input = { people, policy, seed, designs: [designOf(LABELS, rows)] }
  const [{ tests }] = await observeEmbeddingAssociation(inputOf({ ...MEASURE, ...measure }, input))
  return tests
}

/** Images whose s(w) differs between the groups by `effect` deviations: within a group it is uniform with deviation 0.02. */
function planted(effect: number, [men, women]: readonly [number, number], seed = 7): MadeUpRow[] {
  const random = createRandom(seed)
  const spread = (): number => 0.02 * Math.sqrt(12) * (random.uniform() - 0.5)
  return [
    ...Array.from({ length: men }, () => row('Male', effect * 0.02 + spread())),
    ...Array.from({ length: women }, () => row('Female', spread())),
  ]
}

describe('observeEmbeddingAssociation', () => {
  const example = [row('Male', 0.1), row('Male', 0.06), row('Female', -0.02), row('Female', 0.02)]

  it('gives the worked example of measures.md B6 from cosines of images with words', async () => {
    const [test] = await observe(example)
    expect(test).toMatchObject({ test: 'men', sizes: [2, 2, 2, 1], partitions: 'all' })
    expect(test.value).toBeCloseTo(1.549193338, 5) // cosines are kept in 32 bits
    expect(test.difference).toBeCloseTo(0.08, 6)
    expect(test.chance).toMatchObject({ p: 1 / 6, draws: 6 })
    const [population] = await observe(example, { measure: { deviation: 'population' } })
    expect(population.value).toBeCloseTo(1.788854382, 5)
  })

  it('recovers an effect that is planted, inside its interval and far beyond chance', async () => {
    const [test] = await observe(planted(0.8, [400, 600]))
    // of two groups 0.8 deviations apart the deviation of all is the root of 1 + 0.8^2 x 0.4 x 0.6
    const truth = 0.8 / Math.sqrt(1 + 0.64 * 0.24)
    expect(test.value).toBeCloseTo(truth, 1)
    expect(test.interval?.[0]).toBeLessThan(truth)
    expect(test.interval?.[1]).toBeGreaterThan(truth)
    expect(test.chance?.p).toBe(1 / 1000)
    expect(Math.abs(test.chance?.centre ?? 1)).toBeLessThan(0.02)
    expect(test.chance?.percentile95).toBeCloseTo(1.645 * Math.sqrt(1 / 400 + 1 / 600), 1)
    expect(test.partitions).toBe('drawn')
  })

  it('moves when the effect moves, and turns its sign with the groups', async () => {
    const rows = planted(0.5, [60, 90])
    const [there] = await observe(rows)
    const [back] = await observe(rows, { measure: { tests: [{ ...TEST, x: 'Female', y: 'Male' }] } })
    expect(back.value).toBeCloseTo(-(there.value ?? 0), 12)
    expect((there.chance?.p ?? 0) + (back.chance?.p ?? 0)).toBeCloseTo(1, 1)
    expect((await observe(planted(1, [60, 90])))[0].value).toBeGreaterThan(there.value ?? 0)
  })

  it('covers the truth in about 95 of 100 samples, and is beyond chance in about 5 of 100 where nothing is planted', async () => {
    let [covered, alarms] = [0, 0]
    for (let seed = 0; seed < 100; seed++) {
      const [test] = await observe(planted(0, [40, 60], seed), { measure: { draws: 199 }, seed })
      const [low, high] = test.interval ?? [NaN, NaN]
      if (low <= 0 && high >= 0) covered++
      if ((test.chance?.p ?? 1) <= 0.05) alarms++
    }
    expect(covered).toBeGreaterThanOrEqual(88) // 95 less three deviations of a count of 100
    expect(alarms).toBeLessThanOrEqual(12)
  })

  it('gives a wider interval for a stricter policy', async () => {
    const width = async (alpha: number): Promise<number> => {
      const [{ interval }] = await observe(planted(0.5, [60, 90]), { alpha })
      return (interval?.[1] ?? 0) - (interval?.[0] ?? 0)
    }
    expect(await width(0.01)).toBeGreaterThan(await width(0.05))
  })

  it('says why there is no figure', async () => {
    expect((await observe(example, { minimumImages: 30 }))[0]).toMatchObject({ value: null, reason: 'group-too-small' })
    const few = planted(0, [40, 10])
    expect((await observe(few, { minimumImages: 30 }))[0]).toMatchObject({ reason: 'reference-too-small' })
    expect((await observe(example.slice(0, 2)))[0]).toMatchObject({ reason: 'no-images', difference: null })
    expect((await observe([row('Male', 0), row('Female', 0)]))[0]).toMatchObject({ reason: 'no-variation' })
  })

  it('leaves out images of unknown group, and tests that the dataset or the label set cannot answer', async () => {
    const [test] = await observe([...example, row('unknown', 9)])
    expect(test.value).toBeCloseTo(1.549193338, 5)
    const tests = [{ ...TEST, id: 'no words', a: 'warmth' }, { ...TEST, id: 'no attribute', attribute: 'age' }] // prettier-ignore
    expect(await observe(example, { measure: { tests } })).toEqual([])
  })

  it('gives no interval where several images show one subject', async () => {
    const rows = planted(0.5, [40, 40])
    const [test] = await observe(rows, { subjects: rows.map((_, place) => `s${place >> 1}`) })
    expect(test).toMatchObject({ interval: null, intervalReason: 'repeated-subjects' })
    expect(test.value).not.toBeNull()
  })

  it('repeats itself from one seed, and is read back as it was written', async () => {
    const rows = planted(0.5, [40, 50])
    const tests = await observe(rows)
    expect(await observe(rows)).toEqual(tests)
    expect(await observe(rows, { seed: 2 })).not.toEqual(tests)
    const observed = { kind: 'embedding-association', probe: 'p', evidence: 'e1', labelSet: 'l', tests }
    expect(embeddingAssociationObserved.parse(JSON.parse(JSON.stringify(observed)))).toEqual(observed)
  })

  it('asks a label set that has the words of one test at least', () => {
    const labelSet = describeLabelSet(LABELS)
    expect(embeddingAssociationRules.missing(MEASURE, labelSet)).toBeNull()
    const warmth = { ...MEASURE, tests: [{ ...TEST, a: 'warmth' }] }
    expect(embeddingAssociationRules.missing(warmth, labelSet)).toEqual({ reason: 'outcome-absent', missing: 'warmth' })
  })
})
