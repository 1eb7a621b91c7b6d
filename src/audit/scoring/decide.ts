import type { Activation, Logits } from '../types/activation.js'
import type { Decisions, Embeddings, MatrixProduct } from '../types/decisions.js'
import { activationOf } from './activation-of.js'
import { sigmoid } from './probabilities.js'
import { shareColumns } from './shared-columns.js'

const IMAGES_PER_TILE = 2048 // the score matrix is never held whole: 2,048 images x 1,000 labels are 8 MB

export type ClassDesign = {
  readonly labelSet: string
  readonly labels: number
  /** labels x dim, unit rows. */
  readonly vectors: Float32Array
  /** More labels, each to be added to the others on its own: alternatives x dim, unit rows. */
  readonly alternatives?: Float32Array
}

/** What a design decides, and which images each of its alternatives would take if it were added as the last label. */
export type DecidedDesign = {
  readonly decisions: Decisions
  /** Per alternative, one number a dataset row: 1 where it scores above every label of the design. An exact tie stays with the design. */
  readonly taken: readonly Uint8Array[]
}

/** The logits make the winner's probability; where they are not known it is left out. */
export type DecideOptions = Logits & {
  /** Rows of the dataset; rows without an embedding stay undecided. */
  readonly rows: number
  readonly multiply: MatrixProduct
}

/** The highest-scoring label of every embedded image under each design, with its runner-up and lead (cosines). Of equal scores the
 *  lower label index wins and the tie is recorded. Cost: one pass over the vectors, and one matrix product of images x distinct labels
 *  of all designs, in tiles. */
export async function decide(
  embeddings: Embeddings,
  designs: readonly ClassDesign[],
  options: DecideOptions,
): Promise<Decisions[]> {
  const decided = await decideWithAlternatives(embeddings, designs, options)
  return decided.map(({ decisions }) => decisions)
}

/** The same, with what each alternative of a design would take: one more column of the matrix product each, in the same pass. */
export async function decideWithAlternatives(
  embeddings: Embeddings,
  designs: readonly ClassDesign[],
  options: DecideOptions,
): Promise<DecidedDesign[]> {
  const { rows: imageRows, dim } = embeddings
  const activation = activationOf(options)
  const { vectors: classes, distinct, columnsOf } = shareColumns(designs.flatMap(bothParts), dim)
  const decided = designs.map(({ labelSet }, index) => {
    const [columns, more] = [columnsOf[2 * index], columnsOf[2 * index + 1]]
    return {
      columns,
      more,
      scores: new Float32Array(columns.length),
      decisions: undecided(labelSet, options.rows, activation),
      taken: Array.from(more, () => new Uint8Array(options.rows)),
    }
  })
  for (let start = 0; start < imageRows.length; start += IMAGES_PER_TILE) {
    const end = Math.min(start + IMAGES_PER_TILE, imageRows.length)
    const vectors = await embeddings.read(start, end)
    const all = await options.multiply(vectors, classes, dim)
    for (const { columns, more, scores, decisions, taken } of decided) {
      for (let i = start; i < end; i++) {
        const offset = (i - start) * distinct
        for (let label = 0; label < columns.length; label++) scores[label] = all[offset + columns[label]]
        const best = decideOne(scores, imageRows[i], decisions, activation)
        more.forEach((column, added) => (taken[added][imageRows[i]] = all[offset + column] > scores[best] ? 1 : 0))
      }
    }
  }
  return decided.map(({ decisions, taken }) => ({ decisions, taken }))
}

function bothParts({ vectors, alternatives }: ClassDesign): { vectors: Float32Array }[] {
  return [{ vectors }, { vectors: alternatives ?? new Float32Array(0) }]
}

type WritableDecisions = Decisions & { scores: NonNullable<Decisions['scores']> }

function undecided(labelSet: string, rows: number, activation: Activation | null): WritableDecisions {
  return {
    labelSet,
    winner: new Int32Array(rows).fill(-1),
    runnerUp: new Int32Array(rows).fill(-1),
    exactTies: new Uint8Array(rows),
    scores: {
      similarity: new Float32Array(rows).fill(NaN),
      margin: new Float32Array(rows).fill(NaN),
      probability: activation === null ? null : new Float64Array(rows).fill(NaN),
    },
  }
}

/** Decides one row and returns its label. */
function decideOne(
  scores: Float32Array,
  row: number,
  decisions: WritableDecisions,
  activation: Activation | null,
): number {
  const { best, second } = topTwo(scores)
  decisions.winner[row] = best
  decisions.runnerUp[row] = second
  decisions.exactTies[row] = scores[best] === scores[second] ? 1 : 0
  decisions.scores.similarity[row] = scores[best]
  decisions.scores.margin[row] = scores[best] - scores[second]
  if (decisions.scores.probability !== null && activation !== null) {
    decisions.scores.probability[row] =
      activation.kind === 'softmax' ? softmaxOfBest(scores, best, activation.scale) : sigmoid(scores[best], activation)
  }
  return best
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
