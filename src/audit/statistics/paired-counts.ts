/** The same images decided twice: how many were counted (flagged) in both runs, only in the first, only in the second, or in
 *  neither. */
export type PairedCounts = {
  readonly both: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly neither: number
}

/** Images decided in both runs. */
export function pairedTotal({ both, onlyFirst, onlySecond, neither }: PairedCounts): number {
  return both + onlyFirst + onlySecond + neither
}

/** Rate of the second run minus rate of the first, from -1 to 1. Needs at least one image.
 *  @example pairedChange({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 })  // 0.2 */
export function pairedChange(counts: PairedCounts): number {
  return (counts.onlySecond - counts.onlyFirst) / pairedTotal(counts)
}

/** Refuses paired counts that cannot be: four whole numbers from 0, with at least one image among them.
 *  Throws RangeError that names `caller`, what it expected and what it received. */
export function requirePairedCounts(caller: string, counts: PairedCounts): void {
  const cells = [counts.both, counts.onlyFirst, counts.onlySecond, counts.neither]
  const wrong = cells.find((images) => !Number.isSafeInteger(images) || images < 0)
  if (wrong !== undefined) {
    throw new RangeError(`${caller} expected whole counts from 0 of paired images but received ${wrong}`)
  }
  const total = pairedTotal(counts)
  if (total < 1) throw new RangeError(`${caller} expected at least one paired image but received ${total}`)
}
