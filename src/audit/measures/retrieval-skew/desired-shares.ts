/** What the top of a ranking is held against. `uniform`: every value that occurs equally often; `dataset`: as often as in the
 *  whole list. */
export type DesiredMix = 'uniform' | 'dataset'

/** Images of each value: `counts[code]` for codes from 0. Throws RangeError unless the codes are whole numbers from 0. */
export function countValues(values: ArrayLike<number>): number[] {
  const counts: number[] = []
  for (let image = 0; image < values.length; image++) {
    const code = values[image]
    if (!Number.isSafeInteger(code) || code < 0) {
      throw new RangeError(`countValues expected codes from 0 but received ${code}`)
    }
    while (counts.length <= code) counts.push(0)
    counts[code]++
  }
  return counts
}

/** The desired share of each value, by its code; 0 for a code that no image has. The shares add up to 1.
 *  @example desiredShares([5, 0, 3], 'uniform')  // [0.5, 0, 0.5] */
export function desiredShares(counts: readonly number[], mix: DesiredMix): number[] {
  const present = counts.filter((images) => images > 0).length
  const total = counts.reduce((sum, images) => sum + images, 0)
  return counts.map((images) => {
    if (images === 0) return 0
    return mix === 'uniform' ? 1 / present : images / total
  })
}
