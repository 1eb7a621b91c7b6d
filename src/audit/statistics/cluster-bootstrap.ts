import type { Random } from './random.js'
import { requireDraws } from './require-draws.js'

/** Replicates of a statistic of sums over clusters, such as the people or videos that several images share: whole clusters are drawn
 *  again with replacement, as many as there are, so that images that belong together stay together. Each cluster is its sums (images,
 *  images that are right, ...), all of one length. `statistic` gets the sums over the drawn clusters, in one array that the next draw
 *  overwrites. Cost: clusters times draws. With few clusters intervals from it are too narrow.
 *  Throws RangeError without clusters, for lists of different lengths, or unless `draws` is a whole number from 1.
 *  Source: Davison & Hinkley 1997, section 3.8.
 *  @example clusterBootstrap([[1, 2], [3, 4]], ([right, images]) => right / images, { random })  // 4,999 shares */
export function clusterBootstrap(
  clusters: readonly (readonly number[])[],
  statistic: (sums: ArrayLike<number>) => number,
  { draws = 4999, random }: { readonly draws?: number; readonly random: Random },
): Float64Array {
  requireDraws('clusterBootstrap', draws)
  if (clusters.length === 0) throw new RangeError('clusterBootstrap expected at least one cluster but received none')
  const width = clusters[0].length
  const other = clusters.find(({ length }) => length !== width)
  if (other !== undefined)
    throw new RangeError(`clusterBootstrap expected ${width} sums a cluster but received ${other.length}`)
  const sums = new Float64Array(width)
  return new Float64Array(draws).map(() => {
    sums.fill(0)
    for (let place = 0; place < clusters.length; place++) {
      const drawn = clusters[random.below(clusters.length)]
      for (let i = 0; i < width; i++) sums[i] += drawn[i]
    }
    return statistic(sums)
  })
}
