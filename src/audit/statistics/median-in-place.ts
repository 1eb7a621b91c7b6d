/** The median of some numbers, as `quantile(sorted, 0.5)` gives it, without sorting: the numbers are only parted around the middle, in the array
 *  itself, whose order is lost. For the thousands of medians of a resampling, where sorting would take longer than drawing.
 *  Throws RangeError for no values; NaN is not looked for. Cost: linear on average. Source: Hoare 1961 (Find).
 *  @example medianInPlace(Float64Array.of(8, 1, 4, 2))  // 3 */
export function medianInPlace(values: Float64Array): number {
  if (values.length === 0) throw new RangeError('medianInPlace expected at least one value but received none')
  const middle = (values.length - 1) >> 1
  const lower = select(values, middle)
  if (values.length % 2 === 1) return lower
  let upper = Infinity // the smallest of those that were put behind the middle
  for (let place = middle + 1; place < values.length; place++) if (values[place] < upper) upper = values[place]
  return lower === upper ? lower : lower + (upper - lower) / 2
}

/** Parts the values until the one that belongs at `wanted` stands there, none larger before it and none smaller behind it. */
function select(values: Float64Array, wanted: number): number {
  let [first, last] = [0, values.length - 1]
  while (first < last) {
    const pivot = values[(first + last) >> 1]
    let [left, right] = [first, last]
    while (left <= right) {
      while (values[left] < pivot) left++
      while (values[right] > pivot) right--
      if (left > right) break
      const kept = values[left]
      values[left++] = values[right]
      values[right--] = kept
    }
    if (wanted <= right) last = right
    else if (wanted >= left) first = left
    else return values[wanted]
  }
  return values[wanted]
}
