import type { Embeddings, MatrixProduct } from '../types/decisions.js'
import { emptyBits, type OutcomeBits } from './outcome-bits.js'
import { scoreTiles } from './score-tiles.js'

/** Many class designs over few class vectors. A specification is one design, or several of which any may put an image into an outcome. */
export type ManyDesigns = {
  /** Distinct class vectors: distinct x dim, unit rows. */
  readonly vectors: Float32Array
  /** The labels of all designs, one design after another, as rows of `vectors`; design d has `columns[starts[d]]` to before `columns[starts[d + 1]]`. */
  readonly columns: Int32Array
  readonly starts: Int32Array
  /** 1 where a label belongs to an outcome: outcomes x columns.length, row-major. */
  readonly inside: Uint8Array
  readonly outcomes: number
  /** Designs of each specification. */
  readonly specifications: readonly (readonly number[])[]
}

/** Decides every image under every design, as `decide` does (the highest score wins, of equal scores the lower label), and keeps of it only which
 *  outcomes each specification puts each image into. One pass over the stored vectors; every distinct class vector is multiplied once.
 *  Memory: two tiles of scores, and a bit for each image, outcome and specification. */
export async function decideSpecifications(
  embeddings: Embeddings,
  designs: ManyDesigns,
  multiply: MatrixProduct,
): Promise<OutcomeBits> {
  const { outcomes, specifications } = designs
  const bits = emptyBits({ images: embeddings.rows.length, outcomes, specifications: specifications.length })
  const decide = decider(designs, bits)
  let image = 0
  for await (const { rows, scores, labels } of scoreTiles(embeddings, designs.vectors, multiply)) {
    for (let place = 0; place < rows.length; place++) decide(image++, scores, place * labels)
  }
  return bits
}

/** Decides one image from its scores, which begin at `offset`, and sets its bits. */
function decider(
  { columns, starts, inside, specifications, outcomes }: ManyDesigns,
  bits: OutcomeBits,
): (image: number, scores: Float32Array, offset: number) => void {
  const winners = new Int32Array(starts.length - 1)
  const single = Int32Array.from(specifications, (designs) => (designs.length === 1 ? designs[0] : -1))
  const wordsPerRow = outcomes * bits.wordsPerOutcome
  return (image, scores, offset) => {
    argmaxAll({ columns, starts, scores, offset, winners })
    for (let outcome = 0; outcome < outcomes; outcome++) {
      const ofOutcome = outcome * columns.length
      const word = image * wordsPerRow + outcome * bits.wordsPerOutcome
      for (let s = 0; s < single.length; s++) {
        // most specifications are one design, and need no loop
        const isInside =
          single[s] >= 0
            ? inside[ofOutcome + winners[single[s]]]
            : specifications[s].some((design) => inside[ofOutcome + winners[design]] === 1)
              ? 1
              : 0
        bits.rows[word + (s >>> 5)] |= isInside << (s & 31)
      }
    }
  }
}

/** The winning place in `columns` of every design. A strictly greater score wins, so that a tie keeps the lower label. */
function argmaxAll(of: {
  readonly columns: Int32Array
  readonly starts: Int32Array
  readonly scores: Float32Array
  readonly offset: number
  readonly winners: Int32Array
}): void {
  const { columns, starts, scores, offset, winners } = of
  for (let design = 0; design < winners.length; design++) {
    const end = starts[design + 1]
    let best = starts[design]
    let highest = scores[offset + columns[best]]
    for (let place = best + 1; place < end; place++) {
      const score = scores[offset + columns[place]]
      if (score > highest) {
        highest = score
        best = place
      }
    }
    winners[design] = best
  }
}
