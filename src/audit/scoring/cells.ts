import type { Cell } from '../types/facts.js'
import type { AttributeColumn, Dataset } from '../types/dataset.js'
import type { Group } from '../types/groups.js'

/** The cross of some base attributes over all rows of a dataset: only combinations that occur. */
export type RowCells = {
  readonly attributes: readonly string[]
  readonly groups: readonly Group[]
  /** Cell of each row. */
  readonly cellOfRow: Int32Array
}

/** Assigns every row of a dataset, whatever becomes of it, to its cell. Cells come in declared order of the values,
 *  so that the order of the rows moves nothing. */
export function crossRows(dataset: Dataset, attributes: readonly string[]): RowCells {
  const columns = attributes.map((name) => columnOf(dataset, name))
  let cellOfRow: Int32Array = new Int32Array(dataset.images.length)
  let groups: Group[] = [[]]
  for (const column of columns) ({ groups, cellOfRow } = splitBy(column, groups, cellOfRow))
  return { attributes, groups: dataset.images.length === 0 ? [] : groups, cellOfRow }
}

/** Splits every cell by the values of one more attribute; only combinations that occur, in the order of the cells and the values. */
function splitBy(
  { name, values, codes }: AttributeColumn,
  groups: readonly Group[],
  cellOfRow: Int32Array,
): Pick<RowCells, 'cellOfRow'> & { groups: Group[] } {
  const keys = new Float64Array(cellOfRow.length) // cells are at most rows: exact
  for (let row = 0; row < keys.length; row++) keys[row] = cellOfRow[row] * values.length + codes[row]
  const { distinct, places } = numbered(keys, groups.length * values.length)
  return {
    groups: distinct.map((key) => [
      ...groups[Math.floor(key / values.length)],
      [name, values[key % values.length]] as const,
    ]),
    cellOfRow: places,
  }
}

const WIDEST_TABLE = 2 ** 20 // 4 MB; beyond it most combinations do not occur

/** The distinct keys, ascending, and which of them each one is. Keys are whole numbers from 0 to before `bound`. */
function numbered(keys: Float64Array, bound: number): { distinct: number[]; places: Int32Array } {
  if (bound > WIDEST_TABLE) {
    const distinct = [...new Set(keys)].sort((a, b) => a - b)
    const placeOf = new Map(distinct.map((key, place) => [key, place]))
    return { distinct, places: Int32Array.from(keys, (key) => placeOf.get(key) ?? -1) }
  }
  const placeOf = new Int32Array(bound)
  for (let row = 0; row < keys.length; row++) placeOf[keys[row]] = 1
  const distinct: number[] = []
  for (let key = 0; key < bound; key++) if (placeOf[key] === 1) placeOf[key] = distinct.push(key) - 1
  const places = new Int32Array(keys.length)
  for (let row = 0; row < keys.length; row++) places[row] = placeOf[keys[row]]
  return { distinct, places }
}

/** Counts what became of the rows of each cell: in = processed + excluded + quarantined. */
export function countCells(dataset: Dataset, cells: RowCells): Cell[] {
  const counts = cells.groups.map(() => ({
    in: 0,
    processed: 0,
    excluded: new Map<string, number>(),
    quarantined: new Map<string, number>(),
  }))
  for (let row = 0; row < cells.cellOfRow.length; row++) {
    const cell = counts[cells.cellOfRow[row]]
    const reason = dataset.excluded.get(row)
    const fault = dataset.quarantined.get(row)
    cell.in++
    if (reason !== undefined) add(cell.excluded, reason)
    else if (fault !== undefined) add(cell.quarantined, fault.code)
    else cell.processed++
  }
  return counts.map((cell, index) => ({
    group: cells.groups[index],
    in: cell.in,
    processed: cell.processed,
    excluded: sorted(cell.excluded),
    quarantined: sorted(cell.quarantined),
  }))
}

function columnOf(dataset: Dataset, name: string): AttributeColumn {
  const column = dataset.attributes.find((attribute) => attribute.name === name)
  if (column === undefined) throw new RangeError(`crossRows knows no attribute ${JSON.stringify(name)}`)
  return column
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function sorted(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}
