import type { DerivedAttribute } from '../types/definitions.js'
import type { DatasetFacts } from '../types/facts.js'
import { UNKNOWN, type Group } from '../types/groups.js'

/** Some people by the values of base attributes: an attribute that is not named may have any value. */
export type Region = { readonly key: string; readonly values: ReadonlyMap<string, ReadonlySet<string>> }

/** All values of every base attribute, declared or found. */
export type Universe = ReadonlyMap<string, readonly string[]>

/** An attribute that people are grouped by, and which value of it a value of its base attribute falls under. */
export type Axis = {
  readonly attribute: string
  readonly base: string
  readonly blockOf: (value: string) => string
}

/** The regions of one grouping: those of its groups, and everyone without an unknown value. */
export type Grouping = {
  readonly axes: readonly Axis[]
  readonly regions: readonly Region[]
  readonly everyone: Region
}

/** The values of each base attribute. An `unknown` counts only where it occurs: no group is made of it elsewhere. */
export function universeOf({ attributes, cellAttributes, cells }: DatasetFacts): Universe {
  return new Map(
    cellAttributes.map((name) => {
      const declared = attributes.find((attribute) => attribute.name === name)?.values ?? []
      const found = cells.map(({ group }) => valueIn(group, name))
      return [name, [...new Set([...declared.filter((value) => value !== UNKNOWN), ...found])]] as const
    }),
  )
}

/** The axis of a base attribute, or of one that a probe derives. */
export function axisOf(attribute: string, derive: readonly DerivedAttribute[], universe: Universe): Axis {
  const derived = universe.has(attribute) ? undefined : derive.find(({ id }) => id === attribute)
  if (derived === undefined) return { attribute, base: attribute, blockOf: (value) => value }
  const blocks = new Map(derived.groups.flatMap(({ value, values }) => values.map((from) => [from, value] as const)))
  return { attribute, base: derived.from, blockOf: (value) => blocks.get(value) ?? UNKNOWN }
}

/** The region of one group of a grouping. */
export function regionOfGroup(group: Group, axes: readonly Axis[], universe: Universe): Region {
  return regionWhere(axes, universe, (axis, value) => axis.blockOf(value) === valueIn(group, axis.attribute))
}

/** Everyone of whom no attribute of the grouping is unknown. */
export function everyoneOf(axes: readonly Axis[], universe: Universe): Region {
  return regionWhere(axes, universe, (axis, value) => axis.blockOf(value) !== UNKNOWN)
}

/** Whether the cell of base attributes belongs to a region. */
export function holdsCell({ values }: Region, cell: Group): boolean {
  return [...values].every(([attribute, allowed]) => allowed.has(valueIn(cell, attribute)))
}

/** Whether everyone of the one region belongs to the other. */
export function isInside(part: Region, whole: Region, universe: Universe): boolean {
  return [...whole.values].every(([attribute, allowed]) =>
    [...(part.values.get(attribute) ?? universe.get(attribute) ?? [])].every((value) => allowed.has(value)),
  )
}

/** Whether groups by these axes add up to the region exactly, by their definitions: none lies half inside. */
export function tiles(axes: readonly Axis[], { values }: Region, universe: Universe): boolean {
  return [...values].every(([attribute, allowed]) => {
    const own = axes.filter(({ base }) => base === attribute)
    const blockOf = (value: string): string => JSON.stringify(own.map((axis) => axis.blockOf(value)))
    const blocksInside = new Set([...allowed].map(blockOf))
    return (universe.get(attribute) ?? []).every((value) => allowed.has(value) || !blocksInside.has(blockOf(value)))
  })
}

/** Whether a group of the one axis is always whole groups of the other. */
export function isCoarser(coarse: Axis, fine: Axis, universe: Universe): boolean {
  if (coarse.base !== fine.base) return false
  const coarseOf = new Map<string, string>()
  return (universe.get(fine.base) ?? []).every((value) => {
    const block = coarse.blockOf(value)
    const known = coarseOf.get(fine.blockOf(value)) ?? block
    coarseOf.set(fine.blockOf(value), known)
    return known === block
  })
}

/** A region without the axes that are not named. */
export function regionAlong(region: Region, axes: readonly Axis[], universe: Universe): Region {
  return regionWhere(axes, universe, (axis, value) => {
    const allowed = region.values.get(axis.base)
    return allowed === undefined || [...allowed].some((each) => axis.blockOf(each) === axis.blockOf(value))
  })
}

function regionWhere(
  axes: readonly Axis[],
  universe: Universe,
  allows: (axis: Axis, value: string) => boolean,
): Region {
  const values = new Map<string, ReadonlySet<string>>()
  for (const base of [...new Set(axes.map((axis) => axis.base))].sort()) {
    const all = universe.get(base) ?? []
    const own = axes.filter((axis) => axis.base === base)
    const allowed = all.filter((value) => own.every((axis) => allows(axis, value)))
    if (allowed.length < all.length) values.set(base, new Set(allowed))
  }
  return { key: JSON.stringify([...values].map(([base, allowed]) => [base, [...allowed]])), values }
}

function valueIn(group: Group, attribute: string): string {
  return group.find(([name]) => name === attribute)?.[1] ?? UNKNOWN
}
