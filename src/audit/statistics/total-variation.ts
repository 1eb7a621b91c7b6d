/** Total variation between two distributions of images over the same labels: the share of images of one that would have to get
 *  another label for the two to be alike. From 0 to 1. `contributions` are the parts of the labels, in their order; they add up to it.
 *  Throws RangeError unless both have the same labels, whole counts from 0 and at least one image.
 *  @example totalVariation([90, 5, 5], [80, 15, 5])  // { value: 0.1, contributions: [0.05, 0.05, 0] } */
export function totalVariation(
  first: readonly number[],
  second: readonly number[],
): { readonly value: number; readonly contributions: number[] } {
  requireDistributions('totalVariation', first, second)
  const [firstTotal, secondTotal] = [imagesOf(first), imagesOf(second)]
  const contributions = first.map((images, label) => Math.abs(images / firstTotal - second[label] / secondTotal) / 2)
  return { value: imagesOf(contributions), contributions }
}

/** Refuses counts over labels that cannot be compared. Throws RangeError that names `caller`. */
export function requireDistributions(caller: string, first: readonly number[], second: readonly number[]): void {
  if (first.length !== second.length) {
    throw new RangeError(
      `${caller} expected counts of the same labels but received ${first.length} and ${second.length}`,
    )
  }
  for (const counts of [first, second]) {
    const wrong = counts.find((images) => !Number.isSafeInteger(images) || images < 0)
    if (wrong !== undefined) throw new RangeError(`${caller} expected whole counts from 0 but received ${wrong}`)
    if (imagesOf(counts) === 0) throw new RangeError(`${caller} expected at least one image but received 0`)
  }
}

function imagesOf(counts: readonly number[]): number {
  return counts.reduce((sum, images) => sum + images, 0)
}
