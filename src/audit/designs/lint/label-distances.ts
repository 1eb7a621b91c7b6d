import type { DesignVectors, LabelDistances } from './rule.js'

/** Cosines at or above this are one label to a model: unit vectors within 0.045 of each other, so that no image's score can tell them
 *  apart by more. */
export const SAME_COSINE = 0.999

/** Cosines at or above this are near duplicates in any label set. */
const NEAR_COSINE = 0.98
/** So are labels nearer to each other than this part of the median distance of the set: text vectors of some models lie close together
 *  and of others far apart, and only differences between class vectors decide. Measured: docs/class-designs.md. */
const NEAR_PART_OF_MEDIAN = 0.25
const FEWEST_PAIRS = 10 // of fewer than five labels the median says nothing

/** Cosines between the class vectors of a label set, and the limit from which two labels are near duplicates. Cost: labels^2 x dim, and 4 bytes a pair. */
export function labelDistances({ vectors, dim }: DesignVectors): LabelDistances | null {
  if (vectors === null) return null
  const labels = vectors.length / dim
  const cosines = new Float32Array(labels * labels)
  const pairs: number[] = []
  for (let left = 0; left < labels; left++) {
    for (let right = left + 1; right < labels; right++) {
      const product = dot(
        vectors.subarray(left * dim, (left + 1) * dim),
        vectors.subarray(right * dim, (right + 1) * dim),
      )
      cosines[left * labels + right] = product
      cosines[right * labels + left] = product
      pairs.push(product)
    }
  }
  const medianCosine = median(pairs)
  return {
    cosine: (left, right) => cosines[left * labels + right],
    nearCosine: Math.min(
      NEAR_COSINE,
      pairs.length < FEWEST_PAIRS ? NEAR_COSINE : cosineAt(distanceAt(medianCosine) * NEAR_PART_OF_MEDIAN),
    ),
    medianCosine,
    pairs: pairs.length,
  }
}

/** Labels joined into clusters wherever two of them are linked; only clusters of at least two. */
export function clustersOf(
  labels: number,
  areLinked: (left: number, right: number) => boolean,
): readonly (readonly number[])[] {
  const clusterOf = Array.from({ length: labels }, (_, label) => label)
  for (let left = 0; left < labels; left++) {
    for (let right = left + 1; right < labels; right++) {
      const [from, to] = [clusterOf[right], clusterOf[left]]
      if (from !== to && areLinked(left, right))
        clusterOf.forEach((cluster, label) => cluster === from && (clusterOf[label] = to))
    }
  }
  const clusters = new Map<number, number[]>()
  clusterOf.forEach((cluster, label) => clusters.set(cluster, [...(clusters.get(cluster) ?? []), label]))
  return [...clusters.values()].filter(({ length }) => length > 1)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2
}

const distanceAt = (cosine: number): number => Math.sqrt(Math.max(0, 2 - 2 * cosine))
const cosineAt = (distance: number): number => 1 - (distance * distance) / 2

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i]
  return sum
}
