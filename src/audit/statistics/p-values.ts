/** p-values of a family in its order; null where a test is undefined. A null is left out of the family's size. */
export type PValues = readonly (number | null)[]

/** Applies `adjust` to the defined p-values in ascending order and puts the results back in place; nulls stay null.
 *  Throws RangeError that names `caller` unless every p-value is null or from 0 to 1. */
export function adjustSorted(
  caller: string,
  pValues: PValues,
  adjust: (ascending: readonly number[]) => number[],
): (number | null)[] {
  const defined = pValues.flatMap((p, place) => (p === null ? [] : [{ p, place }]))
  const wrong = defined.find(({ p }) => !(p >= 0 && p <= 1))
  if (wrong !== undefined) throw new RangeError(`${caller} expected a p-value from 0 to 1 but received ${wrong.p}`)
  defined.sort((a, b) => a.p - b.p)
  const adjusted = adjust(defined.map(({ p }) => p))
  const result: (number | null)[] = pValues.map(() => null)
  defined.forEach(({ place }, rank) => (result[place] = adjusted[rank]))
  return result
}
