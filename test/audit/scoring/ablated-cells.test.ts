import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countAddition, countRemovals, runnersUpAreKnown } from '../../../src/audit/scoring/ablated-cells.js'
import type { RowCells } from '../../../src/audit/scoring/cells.js'
import { decide, decideWithAlternatives } from '../../../src/audit/scoring/decide.js'
import type { Decisions, Embeddings, MatrixProduct } from '../../../src/audit/types/decisions.js'
import type { Label } from '../../../src/audit/types/definitions.js'

const DIM = 3
const multiply: MatrixProduct = (images, classes, dim) => {
  const [rows, columns] = [images.length / dim, classes.length / dim]
  const scores = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      for (let k = 0; k < dim; k++) scores[i * columns + j] += images[i * dim + k] * classes[j * dim + k]
  return Promise.resolve(scores)
}

/** Small whole numbers, so that exact ties are frequent. */
const vector = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: DIM, maxLength: DIM })
const vectors = (minLength: number, maxLength: number): fc.Arbitrary<number[][]> =>
  fc.array(vector, { minLength, maxLength })

const label = (_: unknown, index: number): Label => ({ id: `l${index}`, text: `label ${index}`, outcome: 'o', implies: [] }) // prettier-ignore
const runOf = (decisions: Decisions, labels: number) => ({
  labelSet: { id: 's', labels: Array.from({ length: labels }, label) },
  decisions,
})

function embeddingsOf(images: readonly number[][]): Embeddings {
  return {
    dim: DIM,
    rows: Int32Array.from(images.keys()),
    read: (start, end) => Promise.resolve(Float32Array.from(images.slice(start, end).flat())),
  }
}

/** Every second row in another cell. */
function cellsOf(rows: number): RowCells {
  return {
    attributes: ['side'],
    groups: [[['side', 'even']], [['side', 'odd']]],
    cellOfRow: Int32Array.from({ length: rows }, (_, row) => row % 2),
  }
}

async function winnersOf(images: readonly number[][], labels: readonly number[][]): Promise<Int32Array> {
  const design = { labelSet: 's', labels: labels.length, vectors: Float32Array.from(labels.flat()) }
  const options = { rows: images.length, multiply, logitScale: null }
  return (await decide(embeddingsOf(images), [design], options))[0].winner
}

/** Moves from label to label by cell, counted by hand from two decisions of every row. */
function movesByHand(before: readonly string[], after: readonly string[]): unknown {
  return [0, 1].map((cell) => {
    const counts = new Map<string, number>()
    before.forEach((from, row) => {
      const key = JSON.stringify([from, after[row]])
      if (row % 2 === cell && from !== after[row]) counts.set(key, (counts.get(key) ?? 0) + 1)
    })
    return new Map([...counts].sort())
  })
}

const counted = (cells: readonly (readonly (readonly [string, string, number])[])[]): unknown =>
  cells.map((moves) => new Map(moves.map(([from, to, images]) => [JSON.stringify([from, to]), images] as const).sort()))

describe('one label less or more', () => {
  it('is what deciding the changed label set anew gives, exact ties included', async () => {
    await fc.assert(
      fc.asyncProperty(vectors(1, 12), vectors(3, 6), vectors(1, 3), async (images, labels, added) => {
        const design = {
          labelSet: 's',
          labels: labels.length,
          vectors: Float32Array.from(labels.flat()),
          alternatives: Float32Array.from(added.flat()),
        }
        const options = { rows: images.length, multiply, logitScale: null }
        const [{ decisions, taken }] = await decideWithAlternatives(embeddingsOf(images), [design], options)
        const rows = { cells: cellsOf(images.length), processed: () => true }
        const run = runOf(decisions, labels.length)
        const before = Array.from(decisions.winner, (winner) => `l${winner}`)

        const removals = countRemovals(run, rows)
        for (const out of labels.keys()) {
          const left = [...labels.keys()].filter((index) => index !== out)
          const anew = await winnersOf(images, left.map((index) => labels[index])) // prettier-ignore
          expect(counted(removals[out])).toEqual(
            movesByHand(
              before,
              Array.from(anew, (winner) => `l${left[winner]}`),
            ),
          )
        }
        for (const [index, more] of added.entries()) {
          const anew = await winnersOf(images, [...labels, more])
          const after = Array.from(anew, (winner) => (winner === labels.length ? 'more' : `l${winner}`))
          const moved = countAddition(run, { id: 'more', taken: taken[index] }, rows)
          expect(counted(moved)).toEqual(movesByHand(before, after))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('leaves the decisions themselves as they are without alternatives', async () => {
    const design = { labelSet: 's', labels: 2, vectors: Float32Array.of(1, 0, 0, 0, 1, 0) }
    const images = embeddingsOf([[1, 0, 0], [0, 1, 0], [1, 1, 2]]) // prettier-ignore
    const options = { rows: 3, multiply, logitScale: 10 }
    const alternatives = Float32Array.of(0, 0, 1)
    const [without] = await decide(images, [design], options)
    const [{ decisions, taken }] = await decideWithAlternatives(images, [{ ...design, alternatives }], options)
    expect(decisions).toEqual(without)
    expect([...taken[0]]).toEqual([0, 0, 1])
  })

  it('counts no row that is not processed or has no decision', () => {
    const decisions: Decisions = {
      labelSet: 's',
      winner: Int32Array.of(0, 0, -1),
      runnerUp: Int32Array.of(1, 1, -1),
      scores: null,
      exactTies: new Uint8Array(3),
    }
    const rows = { cells: cellsOf(3), processed: (row: number) => row !== 1 }
    expect(countRemovals(runOf(decisions, 2), rows)).toEqual([[[['l0', 'l1', 1]], []], [[], []]]) // prettier-ignore
    const added = { id: 'more', taken: Uint8Array.of(1, 1, 1) }
    expect(countAddition(runOf(decisions, 2), added, rows)).toEqual([[['l0', 'more', 1]], []])
  })

  it('knows the runners-up only where every counted row has one', () => {
    const decisions = { ...EMPTY, winner: Int32Array.of(0, 0, -1), runnerUp: Int32Array.of(1, -1, -1) }
    const cells = cellsOf(3)
    expect(runnersUpAreKnown(decisions, { cells, processed: () => true })).toBe(false)
    expect(runnersUpAreKnown(decisions, { cells, processed: (row) => row !== 1 })).toBe(true)
  })
})

const EMPTY: Decisions = {
  labelSet: 's',
  winner: new Int32Array(3),
  runnerUp: new Int32Array(3),
  scores: null,
  exactTies: new Uint8Array(3),
}
