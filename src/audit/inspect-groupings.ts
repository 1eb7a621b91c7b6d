import { smallestDetectableRate } from './statistics/smallest-detectable-rate.js'
import type { AttributeColumn, Dataset } from './types/dataset.js'
import type { DerivedAttribute, Policy, Probe } from './types/definitions.js'
import { UNKNOWN } from './types/groups.js'
import type { Group } from './types/groups.js'
import type { InspectedGroup, InspectedGrouping } from './types/inspection.js'

/** Rate of everyone else under which the smallest difference is looked for: that of the CLIP paper's rarer outcomes. */
export const ASSUMED_RATE = 0.05

const MOST_CROSSED = 4 // attributes; of more, every two would be too many to read
const MOST_GROUPS = 1000

type Shipped = Pick<Probe, 'groupBy' | 'derive'>

/** The groups of every attribute, and of every two and three of those that the shipped probe groups by (of all, where the dataset has other ones),
 *  over the processed rows, with the smallest rate that each would have to have to be found. */
export function inspectGroupings(dataset: Dataset, policy: Policy, shipped: Shipped): InspectedGrouping[] {
  const derived = shipped.derive.flatMap((one) => derivedColumn(one, dataset) ?? [])
  const names = dataset.attributes.map(({ name }) => name)
  const grouped = names.filter((name) => shipped.groupBy.flat().includes(name))
  const crossed = grouped.length > 1 ? grouped : names
  const pairs = crossed.flatMap((first, index) => crossed.slice(index + 1).map((second) => [first, second]))
  const seen = { ...dataset, attributes: [...dataset.attributes, ...derived] }
  return [
    ...seen.attributes.map(({ name }) => [name]),
    ...(crossed.length <= MOST_CROSSED ? pairs : []),
    ...(crossed.length === 3 ? [crossed] : []),
  ].flatMap((groupBy) => inspectGrouping(groupBy, seen, policy) ?? [])
}

/** null where the dataset lacks the attribute that it is made of, or has a value that belongs to none of its groups. */
function derivedColumn({ id, from, groups }: DerivedAttribute, dataset: Dataset): AttributeColumn | null {
  const column = dataset.attributes.find(({ name }) => name === from)
  if (column === undefined) return null
  const values = [...groups.map(({ value }) => value), UNKNOWN]
  const codeOf = column.values.map((value) =>
    value === UNKNOWN ? groups.length : groups.findIndex((group) => group.values.includes(value)),
  )
  if (codeOf.includes(-1)) return null
  return { ...column, name: id, values, codes: column.codes.map((code) => codeOf[code]) }
}

type Counted = { images: number; readonly subjects: Set<string> }

/** null where there would be more groups than anybody reads. */
function inspectGrouping(groupBy: readonly string[], dataset: Dataset, policy: Policy): InspectedGrouping | null {
  const columns = groupBy.flatMap((name) => dataset.attributes.filter((each) => each.name === name))
  const groups = columns.reduce<Group[]>(
    (made, { name, values, codes }) => {
      const seen = new Set(codes.filter((_, row) => isProcessed(dataset, row)))
      const known = values.filter((value, code) => value !== UNKNOWN && seen.has(code))
      return made.length * known.length > MOST_GROUPS
        ? []
        : made.flatMap((group) => known.map((value): Group => [...group, [name, value]]))
    },
    [[]],
  )
  if (groups.length === 0) return null
  const counts = new Map(groups.map((group): [string, Counted] => [keyOf(group), { images: 0, subjects: new Set() }]))
  const everyone: Counted = { images: 0, subjects: new Set() }
  for (let row = 0; row < dataset.images.length; row++) {
    if (!isProcessed(dataset, row)) continue
    const found = counts.get(keyOf(columns.map(({ name, values, codes }) => [name, values[codes[row]]] as const)))
    if (found === undefined) continue // a value of it is unknown
    const subject = dataset.subjects?.[row] ?? String(row)
    for (const each of [found, everyone]) {
      each.images++
      each.subjects.add(subject)
    }
  }
  const counted = groups.map((group) => ({ group, ...(counts.get(keyOf(group)) ?? everyone) }))
  const others = ({ subjects }: Counted): number => everyone.subjects.size - subjects.size
  const isComparable = (one: Counted): boolean =>
    one.subjects.size >= policy.minimumImages && others(one) >= policy.minimumImages
  const comparisons = Math.max(1, counted.filter(isComparable).length)
  return {
    groupBy,
    comparisons,
    groups: counted.map((one): InspectedGroup => {
      const standing = one.images === 0 ? 'empty' : isComparable(one) ? 'comparable' : 'below-minimum'
      const size = { groupTotal: one.subjects.size, referenceTotal: others(one) }
      const rate = { referenceRate: ASSUMED_RATE, alpha: policy.alpha / comparisons, margin: policy.margin }
      const detectable = standing === 'comparable' ? smallestDetectableRate({ ...size, ...rate }) : null
      return { group: one.group, images: one.images, units: one.subjects.size, standing, detectable }
    }),
  }
}

function isProcessed({ excluded, quarantined }: Dataset, row: number): boolean {
  return !excluded.has(row) && !quarantined.has(row)
}

function keyOf(group: Group): string {
  return JSON.stringify(group)
}
