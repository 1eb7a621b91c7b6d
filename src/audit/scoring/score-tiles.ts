import type { Embeddings, MatrixProduct } from '../types/decisions.js'

const MOST_IMAGES_PER_TILE = 2048
const SCORES_PER_TILE = 2 ** 24 // 64 MB: the score matrix is never held whole; smaller tiles pack the class vectors more often

/** Cosines of some images with every label of a design: images x labels, row-major. */
export type ScoreTile = { readonly rows: Int32Array; readonly scores: Float32Array; readonly labels: number }

/** The cosines of every embedded image with some unit vectors (labels x dim), tile by tile in dataset order. Each vector is read once, and the next tile is
 *  multiplied while the caller looks at this one. Memory: two tiles of scores, whatever the number of images and labels. */
export async function* scoreTiles(
  { rows, dim, read, room = (count) => new Float32Array(count * dim) }: Embeddings,
  vectors: Float32Array,
  multiply: MatrixProduct,
): AsyncGenerator<ScoreTile> {
  const labels = vectors.length / dim
  const perTile = Math.max(1, Math.min(MOST_IMAGES_PER_TILE, Math.floor(SCORES_PER_TILE / Math.max(1, labels))))
  const endOf = (start: number): number => Math.min(start + perTile, rows.length)
  // Filled in turns: nothing is read into one of them before the product of what it held is there.
  const [even, odd] = [0, 1].map(() => room(Math.min(perTile, rows.length)))
  const begin = async (start: number): Promise<Begun | null> => {
    if (start >= rows.length) return null
    const tile = (start / perTile) % 2 === 0 ? even : odd
    const images = await read(start, endOf(start), tile.subarray(0, (endOf(start) - start) * dim))
    const scoring = multiply(images, vectors, dim)
    scoring.catch(() => undefined) // it is awaited below, if nothing fails before
    return { scoring }
  }
  let begun = await begin(0)
  for (let start = 0; begun !== null; start += perTile) {
    const next = await begin(start + perTile) // read beside the product of this tile, and multiplied beside what the caller does with it
    const scores = await begun.scoring
    yield { rows: rows.subarray(start, endOf(start)), scores, labels }
    begun = next
  }
}

type Begun = { readonly scoring: Promise<Float32Array> }
