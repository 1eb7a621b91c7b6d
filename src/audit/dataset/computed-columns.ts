import type { LabelTable, TableRow } from './label-table.js'

/** A column that is made from others. `cells` come in the order of `from`. */
export type ComputedColumn = {
  readonly name: string
  readonly from: readonly string[]
  readonly value: (cells: readonly string[]) => string
}

/** What the cells of a row say of the row itself: which part of which picture it is about, and whether it can be used. */
export type RowRule = {
  readonly from: readonly string[]
  readonly of: (cells: readonly string[]) => Omit<TableRow, 'line' | 'cells'>
}

/** A table with computed columns beside its own; one of the same name takes the place of its own. Rows are still read once, in order. */
export function withComputed(
  table: LabelTable,
  computed: readonly ComputedColumn[],
  rule: RowRule = NO_RULE,
): LabelTable {
  const byName = new Map(computed.map((column) => [column.name, column] as const))
  const own = table.header.filter((name) => !byName.has(name))
  return {
    ...table,
    header: [...own, ...byName.keys()],
    rows: (columns) => computedRows(table, columns.map((name) => byName.get(name) ?? asIs(name)), rule), // prettier-ignore
  }
}

const NO_RULE: RowRule = { from: [], of: () => ({}) }

function asIs(name: string): ComputedColumn {
  return { name, from: [name], value: ([cell]) => cell }
}

async function* computedRows(
  table: LabelTable,
  columns: readonly ComputedColumn[],
  rule: RowRule,
): AsyncGenerator<TableRow, void> {
  const needed = [...new Set([...columns, rule].flatMap(({ from }) => from))]
  const placesOf = ({ from }: { readonly from: readonly string[] }) => from.map((name) => needed.indexOf(name))
  const places = columns.map(placesOf)
  const rulePlaces = placesOf(rule)
  for await (const { cells, ...row } of table.rows(needed))
    yield {
      ...row,
      cells: columns.map(({ value }, index) => value(places[index].map((place) => cells[place]))),
      ...rule.of(rulePlaces.map((place) => cells[place])),
    }
}
