import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/audit/scoring/decide.js'
import type { MatrixProduct } from '../../../src/audit/types/decisions.js'

/** Plain loops: the reference that the runtime's matrix product must equal. */
const multiply: MatrixProduct = (images, classes, dim) => {
  const rows = images.length / dim
  const columns = classes.length / dim
  const scores = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < dim; k++) scores[i * columns + j] += images[i * dim + k] * classes[j * dim + k]
    }
  }
  return Promise.resolve(scores)
}
const DESIGN = { labelSet: 's', labels: 3, vectors: Float32Array.of(1, 0, 0, 1, 0.6, 0.8) }
const embeddings = (rows: number[], vectors: number[]) => ({
  dim: 2,
  rows: Int32Array.from(rows),
  vectors: Float32Array.from(vectors),
})

describe('decide', () => {
  it('takes the highest-scoring label, with runner-up and lead', async () => {
    const decisions = await decide(embeddings([0], [0, 1]), DESIGN, { rows: 1, multiply, logitScale: null })
    expect([decisions.winner[0], decisions.runnerUp[0]]).toEqual([1, 2])
    expect(decisions.scores?.margin[0]).toBeCloseTo(0.2, 6)
    expect(decisions.exactTies[0]).toBe(0)
  })

  it('gives an exact tie to the lowest label index and records it', async () => {
    const tied = { ...DESIGN, vectors: Float32Array.of(0, 1, 1, 0, 1, 0) }
    const decisions = await decide(embeddings([0], [1, 0]), tied, { rows: 1, multiply, logitScale: null })
    expect([decisions.winner[0], decisions.runnerUp[0], decisions.exactTies[0]]).toEqual([1, 2, 1])
  })

  it('leaves rows without an embedding undecided', async () => {
    const decisions = await decide(embeddings([2], [1, 0]), DESIGN, { rows: 4, multiply, logitScale: null })
    expect([...decisions.winner]).toEqual([-1, -1, 0, -1])
  })

  it('turns the lead into a softmax probability when the scale is known', async () => {
    const decisions = await decide(embeddings([0], [1, 0]), DESIGN, { rows: 1, multiply, logitScale: 10 })
    const weights = [1, 0, 0.6].map((score) => Math.exp(10 * score))
    expect(decisions.scores?.probability?.[0]).toBeCloseTo(weights[0] / (weights[0] + weights[1] + weights[2]), 6)
  })

  it('decides alike whatever the number of tiles', async () => {
    const many = 5000
    const vectors = Array.from({ length: many }, (_, i) => [Math.cos(i), Math.sin(i)]).flat()
    const rows = Array.from({ length: many }, (_, i) => i)
    const decisions = await decide(embeddings(rows, vectors), DESIGN, { rows: many, multiply, logitScale: null })
    const byHand = rows.map((i) => [Math.cos(i), Math.sin(i), 0.6 * Math.cos(i) + 0.8 * Math.sin(i)])
    expect([...decisions.winner]).toEqual(byHand.map((scores) => scores.indexOf(Math.max(...scores))))
  })
})
