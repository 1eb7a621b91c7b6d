import type { Decisions, Embeddings, MatrixProduct } from '../types/decisions.js'
import { shareColumns } from './shared-columns.js'

const IMAGES_PER_TILE = 2048 // the score matrix is never held whole: 2,048 images x 1,000 labels are 8 MB

export type ClassDesign = {
  readonly labelSet: string
  readonly labels: number
  /** labels x dim, unit rows. */
  readonly vectors: Float32Array
}

export type DecideOptions = {
  /** Rows of the dataset; rows without an embedding stay undecided. */
  readonly rows: number
  readonly multiply: MatrixProduct
  /** Scale of the logits for the winner's softmax probability; null leaves probabilities out. */
  readonly logitScale: number | null
}

/** The highest-scoring label of every embedded image under each design, with its runner-up and lead (cosines). Of equal scores the
 *  lower label index wins and the tie is recorded. Cost: one pass over the vectors, and one matrix product of images x distinct labels
 *  of all designs, in tiles. */
export async function decide(
  embeddings: Embeddings,
  designs: readonly ClassDesign[],
  options: DecideOptions,
): Promise<Decisions[]> {
  const { rows: imageRows, dim } = embeddings
  const { vectors: classes, distinct, columnsOf } = shareColumns(designs, dim)
  const decided = designs.map(({ labelSet }, index) => ({
    columns: columnsOf[index],
    scores: new Float32Array(columnsOf[index].length),
    decisions: undecided(labelSet, options),
  }))
  for (let start = 0; start < imageRows.length; start += IMAGES_PER_TILE) {
    const end = Math.min(start + IMAGES_PER_TILE, imageRows.length)
    const vectors = await embeddings.read(start, end)
    const all = await options.multiply(vectors, classes, dim)
    for (const { columns, scores, decisions } of decided) {
      for (let i = start; i < end; i++) {
        const offset = (i - start) * distinct
        for (let label = 0; label < columns.length; label++) scores[label] = all[offset + columns[label]]
        decideOne(scores, imageRows[i], decisions, options.logitScale)
      }
    }
  }
  return decided.map(({ decisions }) => decisions)
}

type WritableDecisions = Decisions & { scores: NonNullable<Decisions['scores']> }

function undecided(labelSet: string, { rows, logitScale }: DecideOptions): WritableDecisions {
  return {
    labelSet,
    winner: new Int32Array(rows).fill(-1),
    runnerUp: new Int32Array(rows).fill(-1),
    exactTies: new Uint8Array(rows),
    scores: {
      similarity: new Float32Array(rows).fill(NaN),
      margin: new Float32Array(rows).fill(NaN),
      probability: logitScale === null ? null : new Float64Array(rows).fill(NaN),
    },
  }
}

function decideOne(scores: Float32Array, row: number, decisions: WritableDecisions, logitScale: number | null): void {
  const { best, second } = topTwo(scores)
  decisions.winner[row] = best
  decisions.runnerUp[row] = second
  decisions.exactTies[row] = scores[best] === scores[second] ? 1 : 0
  decisions.scores.similarity[row] = scores[best]
  decisions.scores.margin[row] = scores[best] - scores[second]
  if (decisions.scores.probability !== null && logitScale !== null) {
    decisions.scores.probability[row] = softmaxOfBest(scores, best, logitScale)
  }
}

/** Strictly-greater comparison keeps the lower index on a tie, for both places. */
function topTwo(scores: Float32Array): { best: number; second: number } {
  let best = scores[1] > scores[0] ? 1 : 0
  let second = 1 - best
  for (let label = 2; label < scores.length; label++) {
    if (scores[label] > scores[best]) {
      second = best
      best = label
    } else if (scores[label] > scores[second]) {
      second = label
    }
  }
  return { best, second }
}

function softmaxOfBest(scores: Float32Array, best: number, logitScale: number): number {
  let total = 0
  for (const score of scores) total += Math.exp(logitScale * (score - scores[best]))
  return 1 / total
}
