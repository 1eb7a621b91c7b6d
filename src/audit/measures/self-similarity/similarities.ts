import { meanPairwiseCosine } from '../../statistics/mean-pairwise-cosine.js'
import type { WeightedSums } from './sum-vectors.js'

/** Mean pairwise cosine over all vectors of some cells, draw by draw; NaN where a draw leaves no two different vectors. */
export function similaritiesOf(summed: WeightedSums, cells: readonly number[]): Float64Array {
  const { draws, dim } = summed
  const total = new Float64Array(dim)
  return new Float64Array(draws).map((_, draw) => {
    total.fill(0)
    let [weight, squaredWeight, squaredLength] = [0, 0, 0]
    for (const cell of cells) {
      const place = cell * draws + draw
      weight += summed.weight[place]
      squaredWeight += summed.squaredWeight[place]
      for (let i = 0; i < dim; i++) total[i] += summed.sums[place * dim + i]
    }
    for (let i = 0; i < dim; i++) squaredLength += total[i] * total[i]
    return meanPairwiseCosine({ squaredLength, weight, squaredWeight }) ?? NaN
  })
}
