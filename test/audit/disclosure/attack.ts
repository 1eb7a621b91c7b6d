import { categoryOutcomes } from '../../../src/audit/types/measures.js'
import type { Facts } from '../../../src/audit/types/facts.js'
import type { Group } from '../../../src/audit/types/groups.js'
import type { PublishedAudit, PublishedTableOfRates } from '../../../src/audit/types/published.js'

const PRIME = 1_000_003 // products of two remainders stay exact

/** The suppressed numbers of a publication that can be found by adding and subtracting published ones, whatever lines were thought of.
 *  The unknowns are what was counted: images of each cell by label under each label set, and failures. Everything printed is a sum of
 *  those; a suppressed number is found out exactly when its sum is a combination of printed sums. Knows nothing of how cells were chosen. */
export function foundBySubtraction(published: PublishedAudit, audited: Facts): string[] {
  const facts = withEmptyCells(audited, published)
  const rows = published.tables.flatMap((table) => rowsOf(table, facts))
  const reduced: number[][] = []
  for (const { sum, value } of [...rows, ...commonTotals(facts)]) if (value !== null) insert(reduced, sum)
  return rows.filter(({ sum, value }) => value === null && isCombination(reduced, sum)).map(({ name }) => name)
}

type Row = { readonly name: string; readonly sum: number[]; readonly value: number | null }

/** An audit holds the cells that some image is in. A reader of what is published sees a row for every declared value, with nothing in
 *  it where it is suppressed, and does not know which of those cells are empty: each is an unknown like the others. Rows of an unknown
 *  value stand only where someone has it: that nobody is in a cell without a row is known. */
function withEmptyCells(facts: Facts, { tables }: PublishedAudit): Facts {
  const { dataset } = facts
  const groups = dataset.cellAttributes.reduce<Group[]>(
    (found, name) =>
      found.flatMap((group) => valuesOf(name, dataset).map((value) => [...group, [name, value] as const])),
    [[]],
  )
  const hasRow = (cell: Group): boolean =>
    tables.every((table) =>
      table.rows.some(({ group }) =>
        group.every(([attribute, value]) => valueOf(cell, attribute, table, facts) === value),
      ),
    )
  const cells = groups.filter(hasRow).map((group) => ({ group, in: 0, processed: 0, excluded: [], quarantined: [] }))
  return { ...facts, dataset: { ...dataset, cells } }
}

function valuesOf(name: string, { attributes, cells }: Facts['dataset']): string[] {
  const declared = attributes.find((attribute) => attribute.name === name)?.values ?? []
  const found = cells.flatMap(({ group }) => group.flatMap(([attribute, value]) => (attribute === name ? [value] : [])))
  return [...new Set([...declared, ...found])]
}

function rowsOf(table: PublishedTableOfRates, facts: Facts): Row[] {
  const { probe, outcome, groupBy, everyone, rows } = table
  const name = `${probe} ${table.labelSet ?? ''} ${outcome} ${groupBy.join('x')}`
  const known = (cell: Group): boolean =>
    groupBy.every((attribute) => valueOf(cell, attribute, table, facts) !== 'unknown')
  const isIn = (group: Group) => (cell: Group) =>
    group.every(([attribute, value]) => valueOf(cell, attribute, table, facts) === value)
  return [
    ...rows.map((row) => ({ row, isIn: isIn(row.group), of: row.group.map(([, value]) => value).join() })),
    { row: everyone, isIn: known, of: 'everyone' },
  ].flatMap(({ row, isIn: holds, of }) => [
    { name: `${name} ${of} count`, sum: sumOf(facts, table, holds, 'count'), value: row.count },
    { name: `${name} ${of} total`, sum: sumOf(facts, table, holds, 'total'), value: row.total },
  ])
}

function valueOf(cell: Group, attribute: string, { probe }: PublishedTableOfRates, facts: Facts): string {
  const own = cell.find(([name]) => name === attribute)?.[1]
  if (own !== undefined) return own
  const derived = facts.probes.find(({ id }) => id === probe)?.derive.find(({ id }) => id === attribute)
  const from = cell.find(([name]) => name === derived?.from)?.[1] ?? ''
  return derived?.groups.find(({ values }) => values.includes(from))?.value ?? 'unknown'
}

/** Unknowns in order: label set by label set, label by label, cell by cell; then the failures of each cell. */
function sumOf(
  facts: Facts,
  table: PublishedTableOfRates,
  holds: (cell: Group) => boolean,
  what: 'count' | 'total',
): number[] {
  const cells = facts.dataset.cells
  const categories = facts.probes
    .flatMap(({ id, measure }) => (id === table.probe ? categoryOutcomes(measure) : []))
    .find(({ id }) => id === table.outcome)?.categories
  const first = table.labelSet ?? facts.labelSets[0].id
  const labels = facts.labelSets.flatMap((labelSet) =>
    labelSet.labels.flatMap((label) => {
      const isOurs = labelSet.id === first
      const counted =
        table.labelSet === null ? what === 'total' : what === 'total' || categories?.includes(label.outcome)
      return cells.map(({ group }) => (isOurs && counted === true && holds(group) ? 1 : 0))
    }),
  )
  return [...labels, ...cells.map(({ group }) => (table.labelSet === null && holds(group) ? 1 : 0))]
}

/** Every label set decides the same images. */
function commonTotals(facts: Facts): Row[] {
  const cells = facts.dataset.cells
  const [first, ...others] = facts.labelSets
  return others.flatMap((other) =>
    cells.map((_, chosen) => {
      const labels = facts.labelSets.flatMap(({ id, labels: own }) =>
        own.flatMap(() =>
          cells.map((__, cell) => (cell !== chosen ? 0 : id === first.id ? 1 : id === other.id ? PRIME - 1 : 0)),
        ),
      )
      return { name: '', sum: [...labels, ...cells.map(() => 0)], value: 0 }
    }),
  )
}

function insert(reduced: number[][], sum: readonly number[]): void {
  const rest = remainder(reduced, sum)
  const lead = rest.findIndex((value) => value !== 0)
  if (lead < 0) return
  const factor = inverse(rest[lead])
  reduced.push(rest.map((value) => (value * factor) % PRIME))
}

function isCombination(reduced: readonly number[][], sum: readonly number[]): boolean {
  return remainder(reduced, sum).every((value) => value === 0)
}

function remainder(reduced: readonly number[][], sum: readonly number[]): number[] {
  return reduced.reduce<number[]>(
    (rest, row) => {
      const factor = rest[row.findIndex((value) => value !== 0)]
      return factor === 0 ? rest : rest.map((value, i) => (value + (PRIME - factor) * row[i]) % PRIME)
    },
    [...sum],
  )
}

function inverse(value: number): number {
  let [result, base, exponent] = [1, value, PRIME - 2]
  for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % PRIME
    base = (base * base) % PRIME
  }
  return result
}
