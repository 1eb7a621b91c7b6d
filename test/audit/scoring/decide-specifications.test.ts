import { categoryOutcomes } from '../../../src/audit/types/measures.js'
import { describe, expect, it } from 'vitest'
import { fillPrompt } from '../../../src/audit/definitions/fill-prompt.js'
import type { ExpandedGrid } from '../../../src/audit/definitions/expand-grid.js'
import { crossRows } from '../../../src/audit/scoring/cells.js'
import { classVectors } from '../../../src/audit/scoring/class-vectors.js'
import { decide } from '../../../src/audit/scoring/decide.js'
import { decideSpecifications } from '../../../src/audit/scoring/decide-specifications.js'
import { placeOf, type OutcomeBits } from '../../../src/audit/scoring/outcome-bits.js'
import { tally } from '../../../src/audit/scoring/tally.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { curveTables, imageGroups } from '../../../src/audit/designs/curve/curve-tables.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'
import type { Embeddings } from '../../../src/audit/types/decisions.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { Grid } from '../../../src/audit/types/grid.js'
import {
  designsOf,
  drawnPrompts,
  embeddingsOf,
  gridOf,
  plainProduct,
  type PromptVector,
} from '../designs/curve/grid-world.js'

const DIM = 6
const IMAGES = 300
const GRID = gridOf(`templates: ["a photo of {label}", { family: plain }, { family: portraits }]
ensembling: [mean, each, worst-case]
wordings: [{ id: bandits, texts: { thief: "a bandit", gorilla: "an ape" } }]
synonyms: { criminal: ["a convict"] }
alternatives:
  - { id: person, add: [{ id: person, text: "a person" }] }
  - { id: two, add: [{ id: child, text: "a child" }, { id: face, text: "a face" }] }
`)
const RACES = ['White', 'Black', 'Indian']

function drawnImages(): Embeddings {
  const random = createRandom(11, 'images')
  const vectors = Array.from({ length: IMAGES }, () => Float32Array.from({ length: DIM }, () => random.uniform() - 0.5))
  return embeddingsOf(vectors, DIM)
}

function people(): Dataset {
  const random = createRandom(12, 'people')
  const codes = Uint16Array.from({ length: IMAGES }, () => random.below(RACES.length))
  return {
    id: 'drawn',
    crop: null,
    licence: null,
    simulated: false,
    sources: [],
    images: Array.from({ length: IMAGES }, (_, row) => `${row}.png`),
    paths: null,
    subjects: null,
    attributes: [{ name: 'race', values: RACES, codes, labelledBy: 'annotator' }],
    excluded: new Map(),
    quarantined: new Map(),
    warnings: [],
  }
}

/** One specification as an audit would run it: a label set of its own for each list of templates, decided and tallied. */
async function naive(
  { specifications, templateLists, texts }: ExpandedGrid,
  index: number,
  { grid, vectorOf, images }: { grid: Grid; vectorOf: PromptVector; images: Embeddings },
) {
  const { lists, asked } = specifications[index]
  const labels = asked.map(({ text, outcome }, label) => ({ id: `l${label}`, text: texts[text], outcome, implies: [] }))
  const winners = await Promise.all(
    lists.map(async (list) => {
      const labelSet: LabelSet = { ...grid.labelSet, labels, templates: templateLists[list] }
      const raw = labelSet.labels.flatMap(({ text }) =>
        labelSet.templates.flatMap((template) => [...vectorOf(fillPrompt(template, text))]),
      )
      const shape = { labels: labels.length, templates: labelSet.templates.length, dim: DIM }
      const design = { labelSet: 'one', labels: labels.length, vectors: classVectors(Float32Array.from(raw), shape) }
      const options = { rows: IMAGES, multiply: plainProduct, logitScale: null }
      const [decisions] = await decide(images, [design], options)
      return { labelSet, decisions }
    }),
  )
  return { winners, labels }
}

function bitOf(bits: OutcomeBits, image: number, outcome: number, specification: number): boolean {
  const { word, bit } = placeOf(bits, outcome, specification)
  return ((bits.rows[image * bits.outcomes * bits.wordsPerOutcome + word] >>> bit) & 1) === 1
}

describe('decideSpecifications', async () => {
  const images = drawnImages()
  const vectorOf = drawnPrompts(DIM)
  const { expanded, designs } = designsOf(GRID, DIM, vectorOf)
  const bits = await decideSpecifications(images, designs, plainProduct)
  const outcomes = categoryOutcomes(GRID.probe.measure)

  it('has several templates, words and neutral labels to decide between', () => {
    expect(expanded.specifications.length).toBe(14 * 2 * 2 * 3)
    expect(bits.rows.some((word) => word !== 0)).toBe(true)
  })

  it('puts every image into the outcomes that deciding each specification on its own does', async () => {
    for (const [index] of expanded.specifications.entries()) {
      const { winners, labels } = await naive(expanded, index, { grid: GRID, vectorOf, images })
      for (let image = 0; image < IMAGES; image++) {
        const categories = winners.map(({ decisions }) => labels[decisions.winner[image]].outcome)
        const wanted = outcomes.map((outcome) => categories.some((each) => outcome.categories.includes(each)))
        expect(outcomes.map((_, outcome) => bitOf(bits, image, outcome, index))).toEqual(wanted)
      }
    }
  })

  it('counts every group as a tally of each specification does', async () => {
    const dataset = people()
    const cells = crossRows(dataset, ['race'])
    const values = new Map(dataset.attributes.map((attribute) => [attribute.name, attribute.values] as const))
    const grouped = imageGroups(['race'], { cells, values, rows: images.rows }, [])
    const tables = curveTables(grouped, {
      bits,
      probe: GRID.probe,
      grid: GRID.id,
      margin: GRID.policy.margin,
      draws: 99,
      seed: 1,
    })
    for (const index of [0, 5, 40, 83, 120].filter((each) => expanded.specifications[each].lists.length === 1)) {
      const { winners, labels } = await naive(expanded, index, { grid: GRID, vectorOf, images })
      const [{ labelSet, decisions }] = winners
      const tallies = tally({ evidence: 'e1', labelSet, decisions, cells, processed: () => true, nearTie: 0 })
      const counted = tables.map(({ outcome, groups, counts }) => ({
        outcome: outcome.id,
        counts: groups.map((group, place) => [group, counts[index][place]]),
      }))
      const wanted = outcomes.map((outcome) => {
        const inside = labels.filter((label) => outcome.categories.includes(label.outcome)).map(({ id }) => id)
        const inGroup = tallies.map(({ group, counts }) => [
          group,
          counts.filter(([label]) => inside.includes(label)).reduce((sum, [, count]) => sum + count, 0),
        ])
        return { outcome: outcome.id, counts: inGroup }
      })
      expect(counted).toEqual(wanted)
    }
  })

  it('multiplies each distinct class vector once: a text and a list of templates make one, however many specifications use it', () => {
    const distinct = designs.vectors.length / DIM
    expect(distinct).toBe(expanded.texts.length * expanded.templateLists.length)
    expect(designs.columns.length).toBeGreaterThan(5 * distinct)
  })

  it('comes to the same in one tile and in several', async () => {
    const few = { ...designs, specifications: designs.specifications.slice(0, 40) }
    const many = drawnImages()
    const asked: [number, number][] = []
    const counting: Embeddings = {
      ...many,
      // three times the images, so that they do not fit one tile
      rows: Int32Array.from({ length: 3 * 2048 + 5 }, (_, row) => row),
      read: async (start, end) => {
        asked.push([start, end])
        const parts = await Promise.all(
          Array.from({ length: end - start }, (_, place) => {
            const row = (start + place) % IMAGES
            return many.read(row, row + 1)
          }),
        )
        return Float32Array.from(parts.flatMap((part) => [...part]))
      },
    }
    const tiled = await decideSpecifications(counting, few, plainProduct)
    const whole = await decideSpecifications(many, few, plainProduct)
    const words = whole.rows.length / IMAGES
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.at(-1)?.[1]).toBe(3 * 2048 + 5)
    for (const image of [0, 299, 2047, 2048, 4500, 6148]) {
      const same = whole.rows.subarray((image % IMAGES) * words, ((image % IMAGES) + 1) * words)
      expect([...tiled.rows.subarray(image * words, (image + 1) * words)]).toEqual([...same])
    }
  })

  it('keeps the lower label of equal scores, as decide does', async () => {
    const twins = {
      vectors: Float32Array.of(1, 0),
      columns: Int32Array.of(0, 0),
      starts: Int32Array.of(0, 2),
      inside: Uint8Array.of(0, 1),
      outcomes: 1,
      specifications: [[0]],
    }
    const decided = await decideSpecifications(embeddingsOf([Float32Array.of(1, 1)], 2), twins, plainProduct)
    expect([...decided.rows]).toEqual([0])
  })

  it('decides nothing where there is no image', async () => {
    const none = await decideSpecifications(embeddingsOf([], DIM), designs, plainProduct)
    expect(none.images).toBe(0)
  })
})
