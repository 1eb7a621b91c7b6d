/** One cell of a design: which choice of each factor it has, by index. */
export type Choices = readonly number[]

/** Whether cells are the full cross of their factors: every combination of the choices that occur, each exactly once. Only then do
 *  the factors' sums of squares add up. Throws RangeError for no cells or cells of different length.
 *  @example isFullCross([[0, 0], [0, 1], [1, 0], [1, 1]])  // true */
export function isFullCross(cells: readonly Choices[]): boolean {
  const factors = cells[0]?.length
  if (factors === undefined) throw new RangeError('isFullCross expected at least one cell but received none')
  if (cells.some((cell) => cell.length !== factors)) {
    throw new RangeError(`isFullCross expected cells of ${factors} choices but received others`)
  }
  const combinations = Array.from({ length: factors }, (_, factor) => new Set(cells.map((cell) => cell[factor])).size)
  const size = combinations.reduce((product, choices) => product * choices, 1)
  return cells.length === size && new Set(cells.map((cell) => cell.join(','))).size === size
}
