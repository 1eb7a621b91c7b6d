/** How evenly some images are spread over the values of an attribute: entropy over its largest possible value, the logarithm of the number
 *  of values. 1 where all occur equally often, 0 where only one does; null for fewer than two values or no image.
 *  `counts`: images of each value. It asks for an even mix whatever the dataset is. Source: Hamidieh et al. 2024 (So-B-IT).
 *  @example normalisedEntropy([7, 3])  // 0.881 */
export function normalisedEntropy(counts: readonly number[]): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (counts.length < 2 || total === 0) return null
  const entropy = counts.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log(count / total)),
    0,
  )
  return entropy / Math.log(counts.length)
}
