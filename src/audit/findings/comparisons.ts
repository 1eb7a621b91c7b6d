import type { GroupedCells } from '../measures/group-cells.js'
import { NOTHING_COUNTED, type OutcomeCount } from '../measures/outcome-rate.js'
import type { Reference } from '../types/groups.js'

/** Two named sides: a group and whom it is compared with. */
export type CountedSides = {
  /** Index into the groups. */
  readonly group: number
  /** Index of the reference where it is one group; null for everyone else, or everyone. */
  readonly referenceGroup: number | null
  /** Counts of the reference. For `overall` these are everyone else's: the interval needs independent sides. */
  readonly reference: OutcomeCount
}

/** A named reference applies where it names every attribute of the `groupBy`; elsewhere everyone else is the reference. */
export function effectiveReference(reference: Reference, groupBy: readonly string[]): Reference {
  if (reference.kind !== 'named') return reference
  const pairs = groupBy.map((attribute) => reference.group.find(([name]) => name === attribute))
  return pairs.every((pair) => pair !== undefined) ? { kind: 'named', group: pairs } : { kind: 'rest' }
}

/** Fewest units of a group for a verdict, and how many it has; by default its images. */
export type MinimumOf = { readonly minimum: number; readonly unitsOf?: (group: number) => number }

/** The comparisons of one outcome over the groups of one `groupBy`. A two-valued attribute is one comparison: the group is
 *  the side with the higher harm rate (a tie: declared order), so that harm to either side is said in words. Only a group with
 *  `minimum` units (images, or subjects where they are known: `unitsOf`) can be the best one: a handful of images with no harm would
 *  leave every other group without a verdict. */
export function sidesToCompare(
  grouped: GroupedCells,
  counts: readonly OutcomeCount[],
  reference: Reference,
  { minimum, unitsOf = (group) => counts[group].total }: MinimumOf,
): CountedSides[] {
  const comparable = comparableGroups(grouped)
  const everyone = addAll(comparable.map((group) => counts[group]))
  const rest = (group: number): CountedSides => ({
    group,
    referenceGroup: null,
    reference: minus(everyone, counts[group]),
  })
  const against = (referenceGroup: number, groups: readonly number[]): CountedSides[] =>
    groups
      .filter((group) => group !== referenceGroup)
      .map((group) => ({ group, referenceGroup, reference: counts[referenceGroup] }))

  if (isTwoValued(grouped, comparable) && reference.kind !== 'named') {
    const higher = rateOf(counts[comparable[1]]) > rateOf(counts[comparable[0]]) ? comparable[1] : comparable[0]
    return reference.kind === 'overall'
      ? [rest(higher)]
      : against(comparable.find((group) => group !== higher) ?? higher, comparable)
  }
  switch (reference.kind) {
    case 'rest':
    case 'overall':
      return comparable.map(rest)
    case 'named':
      return against(indexOfNamed(grouped, reference), comparable)
    case 'best':
      return comparable.length === 0 ? [] : against(lowestRate(comparable, counts, { minimum, unitsOf }), comparable)
  }
}

/** How many comparisons one outcome makes, and how many have enough images on both sides. Fixed before decisions are seen:
 *  only totals enter. With the reference `best`, which the data choose, every pair counts. */
export function countComparisons(
  grouped: GroupedCells,
  totals: readonly number[],
  reference: Reference,
  minimum: number,
): { size: number; eligible: number } {
  const counts = totals.map((total) => ({ ...NOTHING_COUNTED, total }))
  const sides = sidesToCompare(grouped, counts, reference, { minimum })
  const large = comparableGroups(grouped).filter((group) => totals[group] >= minimum).length
  const enough = sides.filter(({ group, reference: side }) => totals[group] >= minimum && side.total >= minimum).length
  return { size: sides.length, eligible: reference.kind === 'best' ? (large * (large - 1)) / 2 : enough }
}

function comparableGroups(grouped: GroupedCells): number[] {
  return grouped.groups.map((_, index) => index).filter((index) => grouped.comparable[index])
}

function isTwoValued(grouped: GroupedCells, comparable: readonly number[]): boolean {
  return grouped.groupBy.length === 1 && comparable.length === 2
}

function indexOfNamed(grouped: GroupedCells, reference: Reference & { kind: 'named' }): number {
  const wanted = JSON.stringify(reference.group)
  const index = grouped.groups.findIndex((group) => JSON.stringify(group) === wanted)
  if (index < 0) throw new RangeError(`the named reference ${wanted} is not among the groups`)
  return index
}

/** The group with the lowest rate among those with enough units (where none has, with any); ties go to declared order. */
function lowestRate(
  comparable: readonly number[],
  counts: readonly OutcomeCount[],
  { minimum, unitsOf }: Required<MinimumOf>,
): number {
  const withAtLeast = (units: number): number[] => comparable.filter((group) => unitsOf(group) >= units)
  const candidates = [withAtLeast(Math.max(1, minimum)), withAtLeast(1)].find(({ length }) => length > 0) ?? comparable
  return candidates.reduce((best, group) => (rateOf(counts[group]) < rateOf(counts[best]) ? group : best))
}

function rateOf({ count, total }: OutcomeCount): number {
  return total === 0 ? -1 : count / total
}

function addAll(counts: readonly OutcomeCount[]): OutcomeCount {
  return counts.reduce(
    (a, b) => ({
      count: a.count + b.count,
      total: a.total + b.total,
      nearUp: a.nearUp + b.nearUp,
      nearDown: a.nearDown + b.nearDown,
    }),
    NOTHING_COUNTED,
  )
}

function minus(a: OutcomeCount, b: OutcomeCount): OutcomeCount {
  return {
    count: a.count - b.count,
    total: a.total - b.total,
    nearUp: a.nearUp - b.nearUp,
    nearDown: a.nearDown - b.nearDown,
  }
}
