/** The places of values that are read as an order: by the first number in each ("0-2", "10-19", "more than 70") if all have one and all
 *  differ, else as listed. Label files seldom list "3-9" before "10-19". */
export function ordinalPlaces(values: readonly string[]): ReadonlyMap<string, number> {
  const starts = values.map((value) => /\d+/.exec(value)?.[0])
  const numbers = starts.flatMap((start) => (start === undefined ? [] : [Number(start)]))
  const isOrdered = numbers.length === values.length && new Set(numbers).size === values.length
  const ordered = isOrdered
    ? [...values].sort((a, b) => numbers[values.indexOf(a)] - numbers[values.indexOf(b)])
    : values
  return new Map(ordered.map((value, place) => [value, place] as const))
}
