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
  const attributes = [...dataset.attributes, ...derived]
  const seen = processedRows(dataset)
  return [
    ...attributes.map(({ name }) => [name]),
    ...(crossed.length <= MOST_CROSSED ? pairs : []),
    ...(crossed.length === 3 ? [crossed] : []),
  ].flatMap((groupBy) => inspectGrouping(groupBy, attributes, seen, policy) ?? [])
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

/** What every grouping is counted over: the processed rows, those of one subject together. */
type Rows = {
  readonly rows: Uint32Array
  /** Number of the subject of each row of the dataset; null where every image stands for itself. */
  readonly subjectOf: Uint32Array | null
}

function processedRows(dataset: Dataset): Rows {
  const rows = Uint32Array.from(dataset.images.keys()).filter((row) => isProcessed(dataset, row))
  if (dataset.subjects === null) return { rows, subjectOf: null }
  const numbers = new Map<string, number>()
  const subjectOf = Uint32Array.from(dataset.subjects, (subject) => {
    const known = numbers.get(subject)
    if (known === undefined) numbers.set(subject, numbers.size)
    return known ?? numbers.size - 1
  })
  return { rows: rows.sort((a, b) => subjectOf[a] - subjectOf[b]), subjectOf }
}

/** null where there would be more groups than anybody reads. */
function inspectGrouping(
  groupBy: readonly string[],
  attributes: readonly AttributeColumn[],
  seen: Rows,
  policy: Policy,
): InspectedGrouping | null {
  const columns = groupBy.flatMap((name) => attributes.filter((each) => each.name === name))
  const known = columns.map((column) => knownCodes(column, seen))
  const groups = columns.reduce<Group[]>(
    (made, { name, values }, index) =>
      made.length * known[index].length > MOST_GROUPS
        ? []
        : made.flatMap((group) => known[index].map((code): Group => [...group, [name, values[code]]])),
    [[]],
  )
  if (groups.length === 0) return null
  const { images, units, everyone } = countGroups(columns, known, groups.length, seen)
  const counted = groups.map((group, index) => ({ group, images: images[index], units: units[index] }))
  const isComparable = (one: { readonly units: number }): boolean =>
    one.units >= policy.minimumImages && everyone - one.units >= policy.minimumImages
  const comparisons = Math.max(1, counted.filter(isComparable).length)
  return {
    groupBy,
    comparisons,
    groups: counted.map((one): InspectedGroup => {
      const standing = one.images === 0 ? 'empty' : isComparable(one) ? 'comparable' : 'below-minimum'
      const size = { groupTotal: one.units, referenceTotal: everyone - one.units }
      const rate = { referenceRate: ASSUMED_RATE, alpha: policy.alpha / comparisons, margin: policy.margin }
      const detectable = standing === 'comparable' ? smallestDetectableRate({ ...size, ...rate }) : null
      return { ...one, standing, detectable }
    }),
  }
}

/** The codes of an attribute that processed rows have, in the order of its values, without that of unknown. */
function knownCodes({ values, codes }: AttributeColumn, { rows }: Rows): number[] {
  const isSeen = new Uint8Array(values.length)
  for (const row of rows) isSeen[codes[row]] = 1
  return [...values.keys()].filter((code) => values[code] !== UNKNOWN && isSeen[code] === 1)
}

/** Images and units (subjects, or images where none are named) of every group, and the units of all together. Groups are numbered as their codes are
 *  crossed, the last attribute fastest. A row with an unknown value is in no group. */
function countGroups(
  columns: readonly AttributeColumn[],
  known: readonly (readonly number[])[],
  groups: number,
  { rows, subjectOf }: Rows,
): { readonly images: Uint32Array; readonly units: Uint32Array; readonly everyone: number } {
  const places = columns.map(({ values }, index) => Int32Array.from(values, (_, code) => known[index].indexOf(code)))
  const images = new Uint32Array(groups)
  const units = new Uint32Array(groups)
  const lastUnit = new Int32Array(groups).fill(-1)
  let lastOfAll = -1
  let everyone = 0
  for (const row of rows) {
    let group = 0
    for (let index = 0; index < columns.length && group >= 0; index++) {
      const place = places[index][columns[index].codes[row]]
      group = place < 0 ? -1 : group * known[index].length + place
    }
    if (group < 0) continue
    images[group]++
    const unit = subjectOf === null ? row : subjectOf[row]
    if (lastUnit[group] !== unit) units[group]++
    if (lastOfAll !== unit) everyone++
    lastUnit[group] = lastOfAll = unit
  }
  return { images, units, everyone }
}

function isProcessed({ excluded, quarantined }: Dataset, row: number): boolean {
  return !excluded.has(row) && !quarantined.has(row)
}
