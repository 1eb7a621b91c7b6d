import type { Embeddings } from '../../types/decisions.js'

const IMAGES_AT_ONCE = 1024

/** Weighted sums of unit vectors for every cell and draw, one after the other: `sums` is cells x draws x dim, the others cells x draws. */
export type WeightedSums = {
  readonly draws: number
  readonly dim: number
  readonly sums: Float64Array
  readonly weight: Float64Array
  readonly squaredWeight: Float64Array
}

/** Adds up the vectors of every cell, each as often as each draw says: `weigh` has one function a draw, which is asked once for every image that
 *  takes part, in the order of the images. Vectors are made of length 1 in float64 first, since |v|^2 = 1 is what pairs are counted by.
 *  `cellOf`: cell of a dataset row, below 0 for rows that take no part. Cost: images x dim x draws, about 1 ns each. Throws RangeError for a
 *  vector without a direction. */
export async function sumVectors(
  { rows, dim, read }: Embeddings,
  cellOf: (row: number) => number,
  { cells, weigh }: { readonly cells: number; readonly weigh: readonly (() => number)[] },
): Promise<WeightedSums> {
  const draws = weigh.length
  const sums = new Float64Array(cells * draws * dim)
  const [weight, squaredWeight] = [new Float64Array(cells * draws), new Float64Array(cells * draws)]
  const unit = new Float64Array(dim)
  for (let start = 0; start < rows.length; start += IMAGES_AT_ONCE) {
    const end = Math.min(start + IMAGES_AT_ONCE, rows.length)
    const vectors = await read(start, end)
    for (let image = start; image < end; image++) {
      const cell = cellOf(rows[image])
      if (cell < 0) continue
      toUnit(vectors, (image - start) * dim, unit)
      for (let draw = 0; draw < draws; draw++) {
        const times = weigh[draw]()
        if (times === 0) continue
        const place = cell * draws + draw
        weight[place] += times
        squaredWeight[place] += times * times
        addTo(sums, place * dim, unit, times)
      }
    }
  }
  return { draws, dim, sums, weight, squaredWeight }
}

function toUnit(vectors: Float32Array, from: number, unit: Float64Array): void {
  let squares = 0
  for (let i = 0; i < unit.length; i++) squares += vectors[from + i] ** 2
  if (!(squares > 0)) throw new RangeError('sumVectors expected vectors with a direction but received one without')
  const length = Math.sqrt(squares)
  for (let i = 0; i < unit.length; i++) unit[i] = vectors[from + i] / length
}

function addTo(sums: Float64Array, from: number, unit: Float64Array, times: number): void {
  for (let i = 0; i < unit.length; i++) sums[from + i] += times * unit[i]
}
