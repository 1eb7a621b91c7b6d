import type { Activation, Logits } from '../types/activation.js'
import type { Decisions, Embeddings, MatrixProduct } from '../types/decisions.js'
import { activationOf } from './activation-of.js'
import { sigmoid } from './probabilities.js'
import { scoreTiles } from './score-tiles.js'
import type { ScoreTile } from './score-tiles.js'
import { shareColumns } from './shared-columns.js'
import { topTwo } from './top-two.js'

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
  const activation = activationOf(options)
  const { vectors: classes, columnsOf } = shareColumns(designs.flatMap(bothParts), embeddings.dim)
  const decided = designs.map(({ labelSet }, index) => ({
    scoresOf: scoreReader(columnsOf[2 * index]),
    more: columnsOf[2 * index + 1],
    decisions: undecided(labelSet, options.rows, activation),
    taken: Array.from(columnsOf[2 * index + 1], () => new Uint8Array(options.rows)),
  }))
  for await (const tile of scoreTiles(embeddings, classes, options.multiply)) {
    for (const design of decided) decideTile(tile, design, activation)
  }
  return decided.map(({ decisions, taken }) => ({ decisions, taken }))
}

type Deciding = {
  readonly scoresOf: ReturnType<typeof scoreReader>
  /** Columns of the alternatives. */
  readonly more: Int32Array
  readonly decisions: WritableDecisions
  readonly taken: readonly Uint8Array[]
}

function decideTile(
  { rows, scores: all, labels: distinct }: ScoreTile,
  { scoresOf, more, decisions, taken }: Deciding,
  activation: Activation | null,
): void {
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]
    const highest = decideOne(scoresOf(all, place * distinct), row, decisions, activation)
    for (let added = 0; added < more.length; added++)
      taken[added][row] = all[place * distinct + more[added]] > highest ? 1 : 0
  }
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

/** Scores of one image under one design: `labels` of them, from `from` on. */
type ImageScores = { readonly scores: Float32Array; readonly from: number; readonly labels: number }

/** How a design finds its scores in those of all designs, of which those of an image begin at `offset`: where they lie side by side,
 *  as those of a design that is alone do, nothing is copied. */
function scoreReader(columns: Int32Array): (all: Float32Array, offset: number) => ImageScores {
  const labels = columns.length
  const [first] = columns
  if (columns.every((column, label) => column === first + label))
    return (all, offset) => ({ scores: all, from: offset + first, labels })
  const scores = new Float32Array(labels)
  return (all, offset) => {
    for (let label = 0; label < labels; label++) scores[label] = all[offset + columns[label]]
    return { scores, from: 0, labels }
  }
}

/** Decides one row and returns the score of its label. */
function decideOne(
  { scores, from, labels }: ImageScores,
  row: number,
  decisions: WritableDecisions,
  activation: Activation | null,
): number {
  const { best, second } = topTwo(scores, from, labels)
  const highest = scores[from + best]
  const next = scores[from + second]
  decisions.winner[row] = best
  decisions.runnerUp[row] = second
  decisions.exactTies[row] = highest === next ? 1 : 0
  decisions.scores.similarity[row] = highest
  decisions.scores.margin[row] = highest - next
  if (decisions.scores.probability !== null && activation !== null) {
    decisions.scores.probability[row] =
      activation.kind === 'softmax'
        ? softmaxOfBest({ scores, from, labels }, highest, activation.scale)
        : sigmoid(highest, activation)
  }
  return highest
}

function softmaxOfBest({ scores, from, labels }: ImageScores, highest: number, logitScale: number): number {
  let total = 0
  for (let label = 0; label < labels; label++) total += Math.exp(logitScale * (scores[from + label] - highest))
  return 1 / total
}
