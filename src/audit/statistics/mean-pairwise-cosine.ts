/** What is left of weighted unit vectors after they are summed. */
export type SummedVectors = {
  /** Squared length of the weighted sum of the vectors. */
  readonly squaredLength: number
  /** Sum of the weights, and of their squares; both the number of vectors where each counts once. */
  readonly weight: number
  readonly squaredWeight: number
}

/** Mean cosine between two different vectors of a set, from their sum alone: of n unit vectors with sum S it is (|S|^2 - n) / (n (n - 1)). With
 *  weights, as in a bootstrap sample, the pairs of a vector with its own copies are not counted: they would be pairs of cosine 1.
 *  Undefined (null) where no two different vectors are left. Source: Wolfe & Caliskan 2022; the identity |S|^2 = n + the sum over pairs.
 *  @example meanPairwiseCosine({ squaredLength: 2, weight: 2, squaredWeight: 2 })  // 0 */
export function meanPairwiseCosine({ squaredLength, weight, squaredWeight }: SummedVectors): number | null {
  const pairs = weight * weight - squaredWeight
  return pairs > 0 ? (squaredLength - squaredWeight) / pairs : null
}
