import type { LabelledVectors } from '../../../src/audit/statistics/multinomial-loss.js'

/** A labelled problem without random numbers, so that another language makes the same one: sines, and classes from a congruence. */
export function fixedClasses(images: number, dim: number, classes: number): LabelledVectors {
  const classOf = Int32Array.from(
    { length: images },
    (_, image) => Math.floor(((1_103_515_245 * image + 12_345) % 2 ** 31) / 65_536) % classes,
  )
  const vectors = Float32Array.from({ length: images * dim }, (_, place) => {
    const i = Math.floor(place / dim)
    const j = place % dim
    return Math.sin(1.3 * i + 0.7 * j + 0.1 * i * j) + 0.9 * Math.cos(2.1 * classOf[i] + 1.7 * j)
  })
  return { vectors, dim, classOf, classes }
}
