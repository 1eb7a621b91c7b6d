/** Decisions of several people about the same things, counted so that every value that can be paired with another counts once. */
export type PairableValues = {
  /** Values in things that at least two people judged. */
  readonly total: number
  /** The same by category. */
  readonly ofCategory: readonly number[]
  /** Values that agree: of each thing, the share of the others that say the same, summed. */
  readonly agreeing: number
}

/** Counts the values that can be paired. `patterns[i].counts[c]` people put each of `patterns[i].units` things into category c; things that
 *  fewer than two judged cannot be paired and are left out. This is the diagonal and the margin of Krippendorff's matrix of coincidences.
 *  Throws RangeError unless all counts are whole numbers from 0 and all patterns have as many categories.
 *  Source: Krippendorff 2019, Content Analysis, 4th edition, section 12.3.
 *  @example pairableValues([{ counts: [2, 1], units: 1 }])  // { total: 3, ofCategory: [2, 1], agreeing: 1 } */
export function pairableValues(
  patterns: readonly { readonly counts: readonly number[]; readonly units: number }[],
): PairableValues {
  const ofCategory = (patterns[0]?.counts ?? []).map(() => 0)
  let [total, agreeing] = [0, 0]
  for (const { counts, units } of patterns) {
    const judges = counts.reduce((sum, count) => sum + requireCount(count), 0)
    if (counts.length !== ofCategory.length) {
      throw new RangeError(`pairableValues expected ${ofCategory.length} categories but received ${counts.length}`)
    }
    requireCount(units)
    if (judges < 2 || units === 0) continue
    total += judges * units
    counts.forEach((count, category) => (ofCategory[category] += count * units))
    agreeing += (counts.reduce((sum, count) => sum + count * (count - 1), 0) * units) / (judges - 1)
  }
  return { total, ofCategory, agreeing }
}

function requireCount(count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new RangeError(`pairableValues expected a whole count from 0 but received ${count}`)
}
