import type { Choices } from './full-cross.js'

/** How far each factor alone can move a value: the largest range over its choices with every other choice the same. For designs
 *  that are not a full cross, where shares of the variance would not add up. One number a factor; 0 where no two cells differ in this factor alone.
 *  Throws RangeError unless there is one finite value for each of one or more cells.
 *  @example rangesByFactor([0.1, 0.3, 0.15], [[0, 0], [0, 1], [1, 0]])  // [0.05, 0.2] */
export function rangesByFactor(values: readonly number[], cells: readonly Choices[]): number[] {
  if (cells.length === 0 || values.length !== cells.length || !values.every(Number.isFinite)) {
    throw new RangeError(`rangesByFactor expected one finite value for each of ${cells.length} cells, one or more`)
  }
  return cells[0].map((_, factor) => {
    const bounds = new Map<string, { lowest: number; highest: number }>()
    cells.forEach((cell, place) => {
      const others = cell.filter((_choice, each) => each !== factor).join(',')
      const { lowest, highest } = bounds.get(others) ?? { lowest: values[place], highest: values[place] }
      bounds.set(others, { lowest: Math.min(lowest, values[place]), highest: Math.max(highest, values[place]) })
    })
    return Math.max(...[...bounds.values()].map(({ lowest, highest }) => highest - lowest))
  })
}
