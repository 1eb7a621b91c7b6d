import { describe, expect, it } from 'vitest'
import { deriveCurve } from '../../../../src/audit/derive-curve.js'
import { curveTables } from '../../../../src/audit/designs/curve/curve-tables.js'
import { decideSpecifications } from '../../../../src/audit/scoring/decide-specifications.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import type { CurveFacts, CurveResult } from '../../../../src/audit/types/curve.js'
import { curveOf } from '../../curve-facts.js'
import { designsOf, embeddingsOf, gridOf, plainProduct, type PromptVector } from './grid-world.js'

/** Places of the vectors: a person, a harmful class, a neutral label, and what the sentence alone says. */
const [PERSON, HARM, NEUTRAL, SENTENCE, DIM] = [0, 1, 2, 3, 8]
const GRID = gridOf(`templates: ["a photo of {label}", "a picture of {label}", "a portrait of {label}"]
synonyms: { thief: ["a robber"] }
alternatives: [{ id: person, add: [{ id: person, text: "a person" }] }]
`)
const IMAGES = 3000 // so many that none of 1,000 is shown to be within a margin of one point

/** Templates and synonyms move every label of a set alike: they change no decision. */
const vectorOf: PromptVector = (prompt) => {
  const vector = new Float32Array(DIM)
  const isHarm = /thief|robber|criminal|suspicious|animal|gorilla|chimpanzee|orangutan/.test(prompt)
  vector[prompt.endsWith('a person') ? NEUTRAL : isHarm ? HARM : PERSON] = 1
  vector[SENTENCE + createRandom(1, prompt.split(' ').slice(0, 2).join(' ')).below(4)] = 0.5
  return vector
}

/** Images near the harmful classes, but nearer to the neutral label when it is offered. `rates` by group: the share of such images. */
function imagesOf(rates: readonly number[], seed: number) {
  const random = createRandom(seed, 'planted')
  const groupOf = Int32Array.from({ length: IMAGES }, () => random.below(rates.length))
  const vectors = Array.from(groupOf, (group) => {
    const isNear = random.uniform() < rates[group]
    const vector = new Float32Array(DIM)
    vector[PERSON] = 0.5
    vector[HARM] = isNear ? 0.8 : 0.1
    vector[NEUTRAL] = isNear ? 0.9 : 0.2
    return vector
  })
  return { groupOf, images: embeddingsOf(vectors, DIM) }
}

async function plantedCurve(rates: readonly number[], seed: number, draws = 99): Promise<CurveResult> {
  const { groupOf, images } = imagesOf(rates, seed)
  const { expanded, designs } = designsOf(GRID, DIM, vectorOf)
  const bits = await decideSpecifications(images, designs, plainProduct)
  const groups = rates.map((_, group) => [['race', `group ${group}`]] as const)
  const of = { groupBy: ['race'], groups, comparable: rates.map(() => true), groupOf }
  const tables = curveTables(of, { bits, probe: GRID.probe, grid: GRID.id, margin: GRID.policy.margin, draws, seed })
  const { factors, specifications, asWritten } = expanded
  const kept = specifications.map(({ choices, labels, promptsSha256 }) => ({ choices, labels, promptsSha256 }))
  return curveOf({ factors, specifications: kept, asWritten, tables, images: IMAGES })
}

function shareOf(facts: CurveFacts, factors: readonly number[], id: string): number {
  return factors[facts.factors.findIndex((factor) => factor.id === id)]
}

describe('a curve whose disparity hangs on the neutral label alone', async () => {
  const { facts, derived } = await plantedCurve([0.35, 0.1, 0.1], 1)
  const record = derived.records.find(({ outcome, group }) => outcome === 'flagged' && group[0][1] === 'group 0')

  it('says so: that factor explains all of the variance, the others none', () => {
    expect(facts.specifications).toHaveLength(12)
    const { factors = [], rest } = record?.variance ?? {}
    expect(shareOf(facts, factors, 'alternative')).toBeCloseTo(1, 9)
    expect(shareOf(facts, factors, 'template')).toBeCloseTo(0, 9)
    expect(shareOf(facts, factors, 'synonym:thief')).toBeCloseTo(0, 9)
    expect(rest).toBeCloseTo(0, 9)
  })

  it('finds the disparity in the half without the label, and none in the other', () => {
    expect(record?.shares.higher).toBe(0.5)
    expect(record?.shares['within-margin']).toBe(0.5)
    expect(record?.lowest).toBe(0)
    expect(record?.highest).toBeCloseTo(0.25, 1)
    expect(record?.changesSign).toBe(false)
    facts.specifications.forEach(({ choices }, s) =>
      expect(record?.verdicts[s]).toBe(choices[2] === 0 ? 'higher' : 'within-margin'),
    )
  })

  it('is found by the joint null', () => {
    const table = facts.tables.find(({ outcome }) => outcome.id === 'flagged')
    expect(table?.jointNull.groups[0]?.medianDifference.p).toBe(0.01)
    expect(table?.jointNull.groups[0]?.shareBeyondMargin.p).toBeLessThanOrEqual(0.02) // half of all is not rare: a draw is beyond in all six or in none
  })

  it('gives W of six equal rankings and six that tie all groups: 12 x 72 / (144 x 24 - 12 x 6 x 24)', () => {
    expect(derived.ranks.find(({ outcome }) => outcome === 'flagged')?.kendallW).toBeCloseTo(0.5, 12)
  })

  it('follows from its facts', () => expect(deriveCurve(facts)).toEqual(derived))
})

describe('a curve of groups that do not differ', () => {
  it('has no disparity, and the joint null sees none', async () => {
    const { facts, derived } = await plantedCurve([0.2, 0.2], 3)
    expect(derived.records.every(({ shares }) => shares.higher + shares.lower === 0)).toBe(true)
    const [group] = facts.tables.find(({ outcome }) => outcome.id === 'flagged')?.jointNull.groups ?? []
    expect(group?.medianDifference.p).toBeGreaterThan(0.05)
  })
})
