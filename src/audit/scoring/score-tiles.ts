import type { Embeddings, MatrixProduct } from '../types/decisions.js'

const IMAGES_PER_TILE = 2048 // the score matrix is never held whole

/** Cosines of some images with every label of a design: images x labels, row-major. */
export type ScoreTile = { readonly rows: Int32Array; readonly scores: Float32Array; readonly labels: number }

/** The cosines of every embedded image with some unit vectors (labels x dim), tile by tile in dataset order. */
export async function* scoreTiles(
  { rows, dim, read }: Embeddings,
  vectors: Float32Array,
  multiply: MatrixProduct,
): AsyncGenerator<ScoreTile> {
  const labels = vectors.length / dim
  for (let start = 0; start < rows.length; start += IMAGES_PER_TILE) {
    const end = Math.min(start + IMAGES_PER_TILE, rows.length)
    const scores = await multiply(await read(start, end), vectors, dim)
    yield { rows: rows.subarray(start, end), scores, labels }
  }
}
