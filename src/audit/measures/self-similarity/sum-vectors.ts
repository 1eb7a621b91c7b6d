import type { Embeddings, MatrixProduct } from '../../types/decisions.js'

const IMAGES_AT_ONCE = 8192 // 16 MiB of 512 numbers each

/** Weighted sums of unit vectors for every cell and draw, one after the other: `sums` is cells x draws x dim, the others cells x draws. */
export type WeightedSums = {
  readonly draws: number
  readonly dim: number
  readonly sums: Float64Array
  readonly weight: Float64Array
  readonly squaredWeight: Float64Array
}

/** Adds up the unit vectors of every cell, each as often as each draw says: `weigh` has one function a draw, which is asked once for every image
 *  that takes part, in the order of the images. `cellOf`: cell of a dataset row, below 0 for rows that take no part. Sums over a part of the images
 *  are matrix products (weights x vectors, in 32 bits, as cosines are); parts are added up in float64. Cost: images x dim x draws. */
export async function sumVectors(
  { rows, dim, read }: Embeddings,
  cellOf: (row: number) => number,
  {
    cells,
    weigh,
    multiply,
  }: { readonly cells: number; readonly weigh: readonly (() => number)[]; readonly multiply: MatrixProduct },
): Promise<WeightedSums> {
  const draws = weigh.length
  const sums = new Float64Array(cells * draws * dim)
  const [weight, squaredWeight] = [new Float64Array(cells * draws), new Float64Array(cells * draws)]
  for (let start = 0; start < rows.length; start += IMAGES_AT_ONCE) {
    const end = Math.min(start + IMAGES_AT_ONCE, rows.length)
    const vectors = await read(start, end)
    const imagesOf = imagesByCell(rows.subarray(start, end), cellOf)
    const times = drawWeights(imagesOf, end - start, weigh)
    for (const [cell, images] of imagesOf) {
      const own = Float32Array.from({ length: draws * images.length }, (_, place) => {
        const [draw, image] = [Math.floor(place / images.length), images[place % images.length]]
        return times[image * draws + draw]
      })
      const product = await multiply(own, transposed(vectors, dim, images), images.length)
      for (let i = 0; i < product.length; i++) sums[cell * draws * dim + i] += product[i]
      addWeights(own, images.length, { weight, squaredWeight, from: cell * draws })
    }
  }
  return { draws, dim, sums, weight, squaredWeight }
}

/** Places of the images of every cell, in the order of the images. */
function imagesByCell(rows: Int32Array, cellOf: (row: number) => number): Map<number, number[]> {
  const images = new Map<number, number[]>()
  rows.forEach((row, image) => {
    const cell = cellOf(row)
    if (cell < 0) return
    const own = images.get(cell)
    if (own === undefined) images.set(cell, [image])
    else own.push(image)
  })
  return images
}

/** Weights of the images of a part, images x draws, drawn in the order of the images, so that cells move nothing. */
function drawWeights(imagesOf: Map<number, number[]>, size: number, weigh: readonly (() => number)[]): Uint8Array {
  const takesPart = new Uint8Array(size)
  for (const images of imagesOf.values()) for (const image of images) takesPart[image] = 1
  const times = new Uint8Array(size * weigh.length)
  for (let image = 0; image < size; image++)
    if (takesPart[image] === 1)
      for (let draw = 0; draw < weigh.length; draw++) times[image * weigh.length + draw] = weigh[draw]()
  return times
}

/** Vectors of some images in columns: dim x images. */
function transposed(vectors: Float32Array, dim: number, images: readonly number[]): Float32Array {
  const columns = new Float32Array(dim * images.length)
  images.forEach((image, place) => {
    for (let i = 0; i < dim; i++) columns[i * images.length + place] = vectors[image * dim + i]
  })
  return columns
}

function addWeights(
  times: Float32Array,
  images: number,
  into: { readonly weight: Float64Array; readonly squaredWeight: Float64Array; readonly from: number },
): void {
  for (let place = 0; place < times.length; place++) {
    const draw = into.from + Math.floor(place / images)
    into.weight[draw] += times[place]
    into.squaredWeight[draw] += times[place] ** 2
  }
}
