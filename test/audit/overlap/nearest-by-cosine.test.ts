import { describe, expect, it } from 'vitest'
import { nearestByCosine } from '../../../src/audit/overlap/nearest-by-cosine.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import type { Embeddings, MatrixProduct } from '../../../src/audit/types/decisions.js'

const DIM = 4

function embeddings(seed: number, images: number): { given: Embeddings; vectors: Float32Array } {
  const random = createRandom(seed, 'vectors')
  const vectors = Float32Array.from({ length: images * DIM }, () => random.uniform() - 0.5)
  for (let image = 0; image < images; image++) {
    const own = vectors.subarray(image * DIM, (image + 1) * DIM)
    const length = Math.hypot(...own)
    own.forEach((value, index) => (own[index] = value / length))
  }
  const rows = Int32Array.from({ length: images }, (_, image) => image + 3) // rows of a dataset, not places
  return {
    vectors,
    given: { dim: DIM, rows, read: (start, end) => Promise.resolve(vectors.slice(start * DIM, end * DIM)) },
  }
}

describe('nearestByCosine', () => {
  it('finds for every image what a loop over all pairs finds, and never holds the whole matrix', async () => {
    const [audited, reference] = [embeddings(1, 1100), embeddings(2, 5000)]
    let largest = 0
    const multiply: MatrixProduct = (images, classes, dim) => {
      const [n, c] = [images.length / dim, classes.length / dim]
      largest = Math.max(largest, n * c)
      const product = new Float32Array(n * c)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < c; j++) {
          let sum = 0
          for (let k = 0; k < dim; k++) sum += images[i * dim + k] * classes[j * dim + k]
          product[i * c + j] = sum
        }
      return Promise.resolve(product)
    }
    const found = await nearestByCosine(audited.given, reference.given, multiply)
    expect(largest).toBeLessThan(1100 * 5000)
    expect(found.map(({ row }) => row)).toEqual([...audited.given.rows])
    for (const image of [0, 1023, 1024, 1099]) {
      const all = await multiply(audited.vectors.slice(image * DIM, (image + 1) * DIM), reference.vectors, DIM)
      const best = all.indexOf(Math.max(...all))
      expect([found[image].reference, found[image].cosine]).toEqual([best + 3, all[best]])
    }
  })
  it('finds nothing in an empty set', async () => {
    expect(await nearestByCosine(embeddings(1, 2).given, embeddings(2, 0).given, () => Promise.reject(new Error('asked')))).toEqual([]) // prettier-ignore
  })
})
