import type { ImagePool } from '../image-pool.js'
import type { ScoredDesign } from '../measure-kind.js'

/** Which labels are the words of a and of b, and which groups of the pool are x and y (-1: no such group). */
export type Sides = {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly x: number
  readonly y: number
}

/** s(w) of every image of x and of y, in dataset order: its mean cosine with the words of a less that with those of b. In float64. */
export async function associationsOf(
  { tiles }: ScoredDesign,
  { codeOfRow }: ImagePool,
  { a, b, x, y }: Sides,
): Promise<{ readonly x: Float64Array; readonly y: Float64Array }> {
  const [ofX, ofY]: [number[], number[]] = [[], []]
  for await (const { rows, scores, labels } of tiles()) {
    for (let image = 0; image < rows.length; image++) {
      const code = codeOfRow[rows[image]]
      if (code < 0 || (code !== x && code !== y)) continue
      const meanOf = (words: readonly number[]): number =>
        words.reduce((sum, label) => sum + scores[image * labels + label], 0) / words.length
      const sample = code === x ? ofX : ofY
      sample.push(meanOf(a) - meanOf(b))
    }
  }
  return { x: Float64Array.from(ofX), y: Float64Array.from(ofY) }
}
