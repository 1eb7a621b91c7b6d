import { areTheSame } from './dry-run.js'

/** Prepared pixels of images to their vectors, images x dim, row-major. */
type EmbedPixels = (images: readonly Uint8Array[]) => Promise<Float32Array>

/** What the vectors of an encoder say of it so far: `sound` and `suspect` are final. */
type Impression = 'open' | 'sound' | 'suspect'

/**
 * Embeds, and looks at what it gives until two images have different vectors of finite numbers, as a working encoder gives them. Where a number
 * is not finite, or several images have one vector, it is tried once: that may be the images' doing. Rejects when `tryEncoder` does.
 * `dim`: width of the vectors.
 */
export function watchVectors(dim: number, embed: EmbedPixels, tryEncoder: () => Promise<unknown>): EmbedPixels {
  let impression: Impression = 'open'
  let first: Float32Array | null = null
  const look = (vectors: Float32Array): Impression => {
    if (!vectors.every(Number.isFinite)) return 'suspect'
    const rows = Array.from({ length: vectors.length / dim }, (_, row) => vectors.subarray(row * dim, (row + 1) * dim))
    const [known, others] = first === null ? [rows[0], rows.slice(1)] : [first, rows]
    first ??= known.slice()
    if (others.length === 0) return 'open'
    return others.every((row) => areTheSame(row, known)) ? 'suspect' : 'sound'
  }
  return async (images) => {
    const vectors = await embed(images)
    if (impression !== 'open' || images.length === 0) return vectors
    impression = look(vectors)
    if (impression === 'suspect') await tryEncoder()
    return vectors
  }
}
