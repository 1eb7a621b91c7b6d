import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/audit/scoring/decide.js'
import type { Embeddings, MatrixProduct } from '../../../src/audit/types/decisions.js'

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
const embeddings = (rows: number[], vectors: number[]): Embeddings => ({
  dim: 2,
  rows: Int32Array.from(rows),
  read: (start, end) => Promise.resolve(Float32Array.from(vectors.slice(start * 2, end * 2))),
})

describe('decide', () => {
  it('takes the highest-scoring label, with runner-up and lead', async () => {
    const [decisions] = await decide(embeddings([0], [0, 1]), [DESIGN], { rows: 1, multiply, logitScale: null })
    expect([decisions.winner[0], decisions.runnerUp[0]]).toEqual([1, 2])
    expect(decisions.scores?.margin[0]).toBeCloseTo(0.2, 6)
    expect(decisions.exactTies[0]).toBe(0)
  })

  it('gives an exact tie to the lowest label index and records it', async () => {
    const tied = { ...DESIGN, vectors: Float32Array.of(0, 1, 1, 0, 1, 0) }
    const [decisions] = await decide(embeddings([0], [1, 0]), [tied], { rows: 1, multiply, logitScale: null })
    expect([decisions.winner[0], decisions.runnerUp[0], decisions.exactTies[0]]).toEqual([1, 2, 1])
  })

  it('leaves rows without an embedding undecided', async () => {
    const [decisions] = await decide(embeddings([2], [1, 0]), [DESIGN], { rows: 4, multiply, logitScale: null })
    expect([...decisions.winner]).toEqual([-1, -1, 0, -1])
  })

  it('turns the lead into a softmax probability when the scale is known', async () => {
    const [decisions] = await decide(embeddings([0], [1, 0]), [DESIGN], { rows: 1, multiply, logitScale: 10 })
    const weights = [1, 0, 0.6].map((score) => Math.exp(10 * score))
    expect(decisions.scores?.probability?.[0]).toBeCloseTo(weights[0] / (weights[0] + weights[1] + weights[2]), 6)
  })

  it('gives the winner the sigmoid of its own cosine where there is a bias, whatever stands beside it', async () => {
    const options = { rows: 1, multiply, logitScale: 10, logitBias: -4 }
    const [decisions] = await decide(embeddings([0], [1, 0]), [DESIGN], options)
    expect(decisions.winner[0]).toBe(0)
    expect(decisions.scores?.probability?.[0]).toBeCloseTo(1 / (1 + Math.exp(-(10 * 1 - 4))), 12)
  })

  it('decides alike and leaves probabilities out where the bias of a sigmoid is not known', async () => {
    const [decisions] = await decide(embeddings([0], [1, 0]), [DESIGN], { rows: 1, multiply, logitScale: 10, logitBias: null }) // prettier-ignore
    expect([decisions.winner[0], decisions.scores?.probability]).toEqual([0, null])
  })

  it('decides alike whatever the number of tiles', async () => {
    const many = 5000
    const vectors = Array.from({ length: many }, (_, i) => [Math.cos(i), Math.sin(i)]).flat()
    const rows = Array.from({ length: many }, (_, i) => i)
    const [decisions] = await decide(embeddings(rows, vectors), [DESIGN], { rows: many, multiply, logitScale: null })
    const byHand = rows.map((i) => [Math.cos(i), Math.sin(i), 0.6 * Math.cos(i) + 0.8 * Math.sin(i)])
    expect([...decisions.winner]).toEqual(byHand.map((scores) => scores.indexOf(Math.max(...scores))))
  })

  it('decides under each design on its own, in the order given, and reads every vector once', async () => {
    const many = 5000
    const rows = Array.from({ length: many }, (_, i) => i)
    const images = embeddings(
      rows,
      rows.flatMap((i) => [Math.cos(i), Math.sin(i)]),
    )
    const read: [number, number][] = []
    const watched: Embeddings = {
      ...images,
      read: (start, end) => {
        read.push([start, end])
        return images.read(start, end)
      },
    }
    const other = { labelSet: 'other', labels: 2, vectors: Float32Array.of(0, 1, 1, 0) }
    const options = { rows: many, multiply, logitScale: null }
    const together = await decide(watched, [DESIGN, other], options)
    expect(together).toEqual([
      ...(await decide(images, [DESIGN], options)),
      ...(await decide(images, [other], options)),
    ])
    expect(together.map(({ labelSet }) => labelSet)).toEqual(['s', 'other'])
    expect(read.map(([start]) => start)).toEqual([0, ...read.slice(0, -1).map(([, end]) => end)])
    expect(read.at(-1)?.[1]).toBe(many)
  })

  it('decides a design alike whether its labels lie side by side or apart among those of all', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => i)
    const images = embeddings(
      rows,
      rows.flatMap((i) => [Math.cos(i), Math.sin(i)]),
    )
    const other = { labelSet: 'other', labels: 2, vectors: Float32Array.of(0, 1, -1, 0) } // shares its first label with the middle of the design
    const backwards = { ...DESIGN, vectors: Float32Array.of(0.6, 0.8, 0, 1, 1, 0) }
    const options = { rows: 300, multiply, logitScale: 10 }
    const [, apart] = await decide(images, [other, DESIGN], options)
    expect(apart).toEqual((await decide(images, [DESIGN], options))[0])
    const [, turned] = await decide(images, [DESIGN, backwards], options)
    expect([...turned.winner]).toEqual([...apart.winner].map((label) => 2 - label))
  })

  it('holds no score matrix whole', async () => {
    const sizes: number[] = []
    const watched: MatrixProduct = (images, classes, dim) => {
      sizes.push(images.length / dim)
      return multiply(images, classes, dim)
    }
    const rows = Array.from({ length: 5000 }, (_, i) => i)
    await decide(
      embeddings(
        rows,
        rows.flatMap(() => [1, 0]),
      ),
      [DESIGN],
      { rows: 5000, multiply: watched, logitScale: null },
    )
    expect(sizes).toEqual([2048, 2048, 904])
  })

  it('reads nothing where no image could be embedded', async () => {
    const none: Embeddings = { dim: 2, rows: new Int32Array(0), read: () => Promise.reject(new Error('read')) }
    const [decisions] = await decide(none, [DESIGN], { rows: 2, multiply, logitScale: 10 })
    expect([...decisions.winner]).toEqual([-1, -1])
    expect([...(decisions.scores?.probability ?? [])]).toEqual([NaN, NaN])
  })
})
