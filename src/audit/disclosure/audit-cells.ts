import type { Facts } from '../types/facts.js'
import type { Group } from '../types/groups.js'
import { auditColumns, type Block } from './audit-columns.js'
import type { Column } from './label-columns.js'
import type { CellTable, CountedCell, Line } from './linked-cells.js'
import { peopleInside } from './people-inside.js'
import type { RateTable } from './rate-tables.js'
import { restCells } from './rest-cells.js'
import { regionLines, type RegionLines } from './region-lines.js'
import { cellId } from './cell-id.js'
import { axisOf, everyoneOf, holdsCell, regionOfGroup, universeOf, type Grouping, type Region } from './regions.js'

/** Ids of the cells of a count and of its total. */
export type RateCells = { readonly count: string; readonly total: string }

/** All counts of an audit that its tables print, or that follow from those, with all lines in which they add up. */
export type AuditCells = {
  readonly table: CellTable
  readonly ofGroup: (table: RateTable, group: Group) => RateCells
  readonly ofEveryone: (table: RateTable) => RateCells
}

/** Counts are columns (an outcome of a label set, images decided, failures) by regions (groups, everyone). Down a column groups add up
 *  to coarser groups and to everyone; across a region outcomes add up to their unions, inside and outside to all decided, failed and
 *  decided to attempts. Everyone but one group is a cell as well where it is below `minimum`: it is everyone less the group. */
export function auditCells(facts: Facts, tables: readonly RateTable[], minimum: number): AuditCells {
  const universe = universeOf(facts.dataset)
  const groupings = new Map(
    tables.map((table) => {
      const axes = table.family.groupBy.map((attribute) => axisOf(attribute, table.derive, universe))
      const regions = table.rates.map(({ group }) => regionOfGroup(group, axes, universe))
      return [table, { axes, regions, everyone: everyoneOf(axes, universe) }] as const
    }),
  )
  const groupingOf = (table: RateTable): Grouping => known(groupings.get(table))
  const blocks = auditColumns(facts, tables)
  const blockOf = (table: RateTable): Block => known(blocks.find((block) => block.tables.includes(table)))
  const linesOver = (own: readonly RateTable[]): RegionLines => regionLines(own.map(groupingOf), universe)
  const all = linesOver(tables)
  const ofProbes = linesOver(tables.filter(({ counted }) => counted !== null))
  const down = blocks.map((block) => {
    if (blocks.length === 1) return all
    // failures are asked for by single attributes only; everything else shares the number of decided images
    return block.tables.every(({ counted }) => counted === null) ? linesOver(block.tables) : ofProbes
  })
  const sums = sumColumns(facts, blocks, down)
  const people = peopleInside(tables, (table, group) => {
    const region = regionOfGroup(group, groupingOf(table).axes, universe)
    const { inside, outside, total } = blockOf(table).of(table)
    return { inside: cellId(inside, region), outside: cellId(outside, region), total: cellId(total, region) }
  })
  const order = new Map(all.regions.map(({ key }, index) => [key, index] as const))
  const plain = orderedCells({ sums, people, order, decided: new Set(blocks.map((block) => block.decided)) })
  const countIn = (column: string, region: Region): number | undefined => sums.get(cellId(column, region))?.count
  const rests = tables.flatMap((table) =>
    restCells(table, groupingOf(table), { columns: blockOf(table).columns, countIn, minimum }),
  )
  const distinctRests = [...new Map(rests.map((rest) => [rest.cell.id, rest] as const)).values()]
  return {
    table: {
      cells: [...plain, ...distinctRests.map(({ cell }, index) => ({ ...cell, order: plain.length + index }))],
      lines: [
        ...blocks.flatMap((block, index) => linesOfBlock(block, down[index])),
        ...distinctRests.map(({ line }) => line),
      ],
    },
    ofGroup: (table, group) => {
      const { inside, total } = blockOf(table).of(table)
      const region = regionOfGroup(group, groupingOf(table).axes, universe)
      return { count: cellId(inside, region), total: cellId(total, region) }
    },
    ofEveryone: (table) => {
      const { inside, total } = blockOf(table).of(table)
      const { everyone } = groupingOf(table)
      return { count: cellId(inside, everyone), total: cellId(total, everyone) }
    },
  }
}

type Sum = { readonly id: string; readonly count: number; readonly column: Column; readonly region: Region }
type Sums = ReadonlyMap<string, Sum>

function sumColumns({ dataset }: Facts, blocks: readonly Block[], down: readonly RegionLines[]): Sums {
  const sums = new Map<string, Sum>()
  blocks.forEach(({ columns }, index) => {
    for (const region of down[index].regions) {
      const cells = dataset.cells.flatMap(({ group }, cell) => (holdsCell(region, group) ? [cell] : []))
      for (const column of columns) {
        const id = cellId(column.key, region)
        const count = cells.reduce((sum, cell) => sum + column.inCells[cell], 0)
        sums.set(id, { id, count, column, region })
      }
    }
  })
  return sums
}

type Ordering = {
  readonly sums: Sums
  readonly people: ReadonlyMap<string, number>
  /** Place of each region, by key. */
  readonly order: ReadonlyMap<string, number>
  /** Columns of decided images. */
  readonly decided: ReadonlySet<string>
}

/** Column by column, the finest groups first. Columns stand as they are found; the images decided, which all rates need, come last. */
function orderedCells({ sums, people, order, decided }: Ordering): CountedCell[] {
  const columns = [...new Set([...sums.values()].map(({ column }) => column.key))]
  columns.sort((a, b) => Number(decided.has(a)) - Number(decided.has(b)))
  const rank = new Map(columns.map((key, index) => [key, index * order.size] as const))
  return [...sums.values()].map(({ id, count, column, region }) => {
    const given = column.givesAway.map((key) => cellId(key, region))
    const least = Math.min(
      ...given.map((each) => Math.min(sums.get(each)?.count ?? count, people.get(each) ?? Infinity)),
    )
    return { id, count, least, order: (rank.get(column.key) ?? 0) + (order.get(region.key) ?? 0) }
  })
}

function linesOfBlock({ columns, lines }: Block, { regions, lines: down }: RegionLines): Line[] {
  const across = regions.flatMap((region) =>
    lines.map(({ parts, total }) => ({ parts: parts.map((key) => cellId(key, region)), total: cellId(total, region) })),
  )
  const along = columns.flatMap(({ key }) =>
    down.map(({ parts, total }) => ({ parts: parts.map((part) => `${key} ${part}`), total: `${key} ${total}` })),
  )
  return [...across, ...along]
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('auditCells expected a table of its own but received another')
  return value
}
