import type { Embeddings, MatrixProduct } from '../types/decisions.js'

/** The reference image whose vector is most like that of one row of the audited set. */
export type CosineNeighbour = { readonly row: number; readonly reference: number; readonly cosine: number }

const AUDITED_PER_BLOCK = 1024
const REFERENCES_PER_BLOCK = 4096 // 16 MB of cosines at a time: the whole matrix is never held

/** For every embedded row of the audited set the most similar row of the reference set, by blocks of one matrix product each. Of equal
 *  cosines the first row counts. Memory: one block of cosines and of vectors; the reference set is read once per block of the audited. */
export async function nearestByCosine(
  audited: Embeddings,
  reference: Embeddings,
  multiply: MatrixProduct,
): Promise<CosineNeighbour[]> {
  const found: CosineNeighbour[] = []
  if (reference.rows.length === 0) return found
  for (const [start, end] of blocks(audited.rows.length, AUDITED_PER_BLOCK)) {
    const own = await audited.read(start, end)
    const best = new Float32Array(end - start).fill(-Infinity)
    const place = new Int32Array(end - start)
    for (const [first, last] of blocks(reference.rows.length, REFERENCES_PER_BLOCK)) {
      const cosines = await multiply(own, await reference.read(first, last), audited.dim)
      keepBest(cosines, last - first, first, { best, place })
    }
    for (let image = 0; image < best.length; image++)
      found.push({ row: audited.rows[start + image], reference: reference.rows[place[image]], cosine: best[image] })
  }
  return found
}

function keepBest(
  cosines: Float32Array,
  width: number,
  first: number,
  { best, place }: { best: Float32Array; place: Int32Array },
): void {
  for (let image = 0; image < best.length; image++)
    for (let column = 0; column < width; column++) {
      const cosine = cosines[image * width + column]
      if (cosine <= best[image]) continue
      best[image] = cosine
      place[image] = first + column
    }
}

function* blocks(total: number, size: number): Generator<readonly [start: number, end: number]> {
  for (let start = 0; start < total; start += size) yield [start, Math.min(start + size, total)]
}
