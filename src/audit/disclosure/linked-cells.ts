/** A number that might be printed. */
export type CountedCell = {
  readonly id: string
  readonly count: number
  /** The smallest number of people that this cell would give away: for k of n it is the smaller of k and n - k. */
  readonly least: number
  /** Canonical order, the same whatever order the cells are handed over in; among equal counts the first is suppressed first. */
  readonly order: number
}

/** Cells that add up to another cell: whoever knows all of a line but one cell knows that one too. */
export type Line = { readonly parts: readonly string[]; readonly total: string }

export type CellTable = { readonly cells: readonly CountedCell[]; readonly lines: readonly Line[] }

/** The same by index, in canonical order. */
export type LinkedCells = {
  readonly ids: readonly string[]
  readonly counts: readonly number[]
  readonly least: readonly number[]
  /** Cells of each line, the total last. */
  readonly lines: readonly (readonly number[])[]
  /** Lines of each cell; `sign` is -1 where the cell is the total. */
  readonly linesOf: readonly (readonly { readonly line: number; readonly sign: 1 | -1 }[])[]
}

/** Numbers the cells in canonical order and the lines by their cells, so that nothing depends on the order they came in.
 *  Throws RangeError when a count is not a whole number from 0, a cell is given twice, or a line has no parts or does not add up. */
export function linkCells({ cells, lines }: CellTable): LinkedCells {
  const sorted = [...cells].sort((a, b) => a.order - b.order || compareText(a.id, b.id))
  const indexOf = new Map(sorted.map(({ id }, index) => [id, index] as const))
  if (indexOf.size !== sorted.length) throw new RangeError('linkCells expected each cell once but received one twice')
  const counts = sorted.map(({ count }) => count)
  const wrong = counts.find((count) => !Number.isSafeInteger(count) || count < 0)
  if (wrong !== undefined) throw new RangeError(`linkCells expected whole counts from 0 but received ${wrong}`)
  const numbered = distinct(lines.map((line) => numberLine(line, indexOf, counts)))
  const linesOf = sorted.map((): { line: number; sign: 1 | -1 }[] => [])
  numbered.forEach((members, line) =>
    members.forEach((cell, place) => linesOf[cell].push({ line, sign: place === members.length - 1 ? -1 : 1 })),
  )
  return { ids: sorted.map(({ id }) => id), counts, least: sorted.map(({ least }) => least), lines: numbered, linesOf }
}

function numberLine({ parts, total }: Line, indexOf: ReadonlyMap<string, number>, counts: readonly number[]): number[] {
  const find = (id: string): number => {
    const index = indexOf.get(id)
    if (index === undefined) throw new RangeError(`linkCells expected a cell of the table but received ${id}`)
    return index
  }
  if (parts.length === 0) throw new RangeError(`linkCells expected parts of ${total} but received none`)
  const members = [...parts.map(find).sort((a, b) => a - b), find(total)]
  const sum = members.slice(0, -1).reduce((so, cell) => so + counts[cell], 0)
  const printed = counts[members[members.length - 1]]
  if (sum !== printed) throw new RangeError(`linkCells expected parts that add up to ${printed} but received ${sum}`)
  return members
}

function distinct(lines: readonly number[][]): number[][] {
  const byKey = new Map(lines.map((line) => [line.join(), line] as const))
  return [...byKey.values()].sort((a, b) => a[a.length - 1] - b[b.length - 1] || compareText(a.join(), b.join()))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
