import type { Line } from './linked-cells.js'
import {
  everyoneOf,
  isCoarser,
  isInside,
  regionAlong,
  tiles,
  type Axis,
  type Grouping,
  type Region,
  type Universe,
} from './regions.js'

/** Regions, finest first, and how they add up; a line names regions by their keys. */
export type RegionLines = { readonly regions: readonly Region[]; readonly lines: readonly Line[] }

/** How the groups of several groupings add up to one another: those of race and gender to those of race, to those of gender, and
 *  these to everyone. Groupings that meet only in part (race and gender, race and age) share the groups of what they have in
 *  common, printed or not: whoever adds up the one knows them. */
export function regionLines(groupings: readonly Grouping[], universe: Universe): RegionLines {
  const all = withMeets(groupings, universe).sort((a, b) => b.regions.length - a.regions.length)
  const wholes = unique([...all.flatMap(({ regions }) => regions), ...all.map(({ everyone }) => everyone)])
  const lines = wholes.flatMap((whole) => {
    const parts = all.filter((grouping) => tiles(grouping.axes, whole, universe) && !holds(grouping, whole))
    // what adds up by way of a coarser grouping needs no line of its own
    const nearest = parts.filter((fine) => !parts.some((coarse) => coarse !== fine && refines(fine, coarse, universe)))
    return nearest.map((grouping) => ({
      parts: unique(grouping.regions)
        .filter((part) => isInside(part, whole, universe))
        .map(({ key }) => key),
      total: whole.key,
    }))
  })
  return { regions: wholes, lines: lines.filter(({ parts }) => parts.length > 0) }
}

/** Two groupings that refine each other are one. */
function withMeets(groupings: readonly Grouping[], universe: Universe): Grouping[] {
  const found: Grouping[] = []
  const add = (grouping: Grouping): void => {
    if (!found.some((each) => refines(each, grouping, universe) && refines(grouping, each, universe))) {
      found.push(grouping)
    }
  }
  groupings.forEach(add)
  for (let i = 0; i < found.length; i++) {
    for (let j = 0; j < i; j++) add(meet(found[i], found[j], universe))
  }
  return found
}

/** The finest grouping that both add up to, as far as attributes say: of two derived from one attribute, the coarser. */
function meet(a: Grouping, b: Grouping, universe: Universe): Grouping {
  const coarserThanSome = (axis: Axis, others: readonly Axis[]): boolean =>
    others.some((other) => isCoarser(axis, other, universe))
  const axes = [
    ...a.axes.filter((axis) => coarserThanSome(axis, b.axes)),
    ...b.axes.filter((axis) => coarserThanSome(axis, a.axes)),
  ]
  const regions = unique(a.regions.map((region) => regionAlong(region, axes, universe)))
  return { axes, regions, everyone: everyoneOf(axes, universe) }
}

function refines(fine: Grouping, coarse: Grouping, universe: Universe): boolean {
  return coarse.axes.every((axis) => fine.axes.some((other) => isCoarser(axis, other, universe)))
}

function holds({ regions }: Grouping, region: Region): boolean {
  return regions.some(({ key }) => key === region.key)
}

/** Each region once, without those that no value makes: everyone knows that they are empty. */
function unique(regions: readonly Region[]): Region[] {
  const possible = regions.filter(({ values }) => [...values.values()].every((allowed) => allowed.size > 0))
  return [...new Map(possible.map((region) => [region.key, region] as const)).values()]
}
