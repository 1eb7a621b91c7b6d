import type { Model } from './model/open-model.js'
import { decide } from './scoring/decide.js'
import type { Plan } from './types/definitions.js'
import type { Watch } from './watch.js'

const ROWS = 2048 // one tile

/** Seconds that deciding so many images under all label sets of a plan takes, told from one tile of drawn vectors. */
export async function timeScoring(
  { labelSets }: Pick<Plan, 'labelSets'>,
  images: number,
  { dim, similarities }: Pick<Model, 'dim' | 'similarities'>,
  watch: Watch,
): Promise<number> {
  const designs = labelSets.map(({ id, labels }, index) => ({
    labelSet: id,
    labels: labels.length,
    vectors: drawnVectors(labels.length, dim, index),
  }))
  const vectors = drawnVectors(ROWS, dim, labelSets.length)
  const embeddings = {
    dim,
    rows: Int32Array.from({ length: ROWS }, (_, row) => row),
    read: (start: number, end: number) => Promise.resolve(vectors.subarray(start * dim, end * dim)),
  }
  const once = async (): Promise<number> => {
    watch()
    await decide(embeddings, designs, { rows: ROWS, multiply: similarities, logitScale: null })
    return watch()
  }
  await once() // the first product loads its model
  return ((await once()) * images) / ROWS
}

/** Vectors that differ from each other; what they say does not matter. */
function drawnVectors(rows: number, dim: number, seed: number): Float32Array {
  return Float32Array.from({ length: rows * dim }, (_, place) => Math.sin(place * 12.9898 + seed) / Math.sqrt(dim))
}
