import { isFullCross, type Choices } from './full-cross.js'

/** How much of the variance of a value over the full cross of several factors each factor explains alone: its main-effect sum of
 *  squares over the total one. `rest` is what is left, which is interactions. They add up to 1. `values[i]` belongs to `cells[i]`.
 *  Throws RangeError unless the cells are the full cross of their factors (`unbalanced`) and there is a finite value for each, and
 *  where all values are equal (`no-variation`). Source: Fisher 1925; Simonsohn, Simmons & Nelson 2020 for its use here.
 *  @example varianceShares([0.1, 0.12, 0.02, 0.14, 0.18, 0.04], [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]])  // factors [0.130435, 0.847826], rest 0.021739 */
export function varianceShares(
  values: readonly number[],
  cells: readonly Choices[],
): { readonly factors: readonly number[]; readonly rest: number } {
  requireValues(values, cells)
  const mean = meanOf(values)
  const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  if (total === 0 || values.every((value) => value === values[0])) {
    throw new RangeError('varianceShares expected values that differ but received equal ones')
  }
  const factors = cells[0].map((_, factor) => {
    const byChoice = new Map<number, number[]>()
    cells.forEach((cell, place) => {
      const sameChoice = byChoice.get(cell[factor]) ?? []
      byChoice.set(cell[factor], sameChoice)
      sameChoice.push(values[place])
    })
    const explained = [...byChoice.values()].reduce((sum, same) => sum + same.length * (meanOf(same) - mean) ** 2, 0)
    return explained / total
  })
  const alone = factors.reduce((sum, share) => sum + share, 0)
  return { factors, rest: Math.max(0, 1 - alone) } // rounding may leave a little less than nothing
}

function requireValues(values: readonly number[], cells: readonly Choices[]): void {
  if (values.length !== cells.length || !values.every(Number.isFinite)) {
    throw new RangeError(`varianceShares expected one finite value for each of ${cells.length} cells`)
  }
  if (!isFullCross(cells)) throw new RangeError('varianceShares expected the full cross of the factors, each cell once')
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
