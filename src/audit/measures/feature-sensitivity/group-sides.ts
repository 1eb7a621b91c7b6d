import type { Proportion } from '../../statistics/proportion.js'
import type { DerivedAttribute } from '../../types/definitions.js'
import type { DatasetFacts } from '../../types/facts.js'
import { UNKNOWN, type Group } from '../../types/groups.js'
import type { FeatureSensitivityObserved, KeptLostGained } from '../../types/observed/feature-sensitivity.js'
import type { PairedImages } from '../../types/paired.js'
import { addPaired } from '../change-counts.js'
import { groupFacts } from '../group-facts.js'

/** What is counted of each image: whether it is put into an outcome, or whether an attribute is decided rightly. */
export type Quantity =
  { readonly kind: 'outcome'; readonly id: string } | { readonly kind: 'accuracy'; readonly id: string }

/** Some images as they are, and under each alteration those that are decided both ways. `count` of `total` may be 0 of 0. */
export type Side = { readonly asTheyAre: Proportion; readonly pairs: readonly PairedImages[] }

/** A group beside everyone else whose group is known; `rest` is null for a group that is not. */
export type GroupSides = { readonly group: Group; readonly own: Side; readonly rest: Side | null }

/** Sums one quantity over the groups of one `groupBy`. Accuracy is counted of images whose annotation is known. */
export function groupSides(
  observed: FeatureSensitivityObserved,
  quantity: Quantity,
  grouping: { dataset: DatasetFacts; groupBy: readonly string[]; derive: readonly DerivedAttribute[] },
): GroupSides[] {
  const { dataset, groupBy, derive } = grouping
  const grouped = groupFacts(dataset, groupBy, derive)
  const asked = quantity.kind === 'outcome' ? observed.outcomes : observed.attributes
  const place = asked.indexOf(quantity.id)
  const isAsked = (cell: number): boolean =>
    quantity.kind === 'outcome' ||
    dataset.cells[cell].group.some(([name, value]) => name === quantity.id && value !== UNKNOWN)
  const listOf = <Item>(of: { inOutcome: readonly Item[]; right: readonly Item[] }): readonly Item[] =>
    quantity.kind === 'outcome' ? of.inOutcome : of.right

  const asTheyAre = new Map(
    observed.asTheyAre.map((one) => [one.cell, { count: listOf(one)[place], total: one.images }] as const),
  )
  const pairs = observed.transforms.map(
    ({ cells }) => new Map(cells.map((one) => [one.cell, pairedOf(listOf(one)[place], one.images)] as const)),
  )
  const sideOf = (cells: readonly number[]): Side => {
    const counted = cells.filter(isAsked)
    return {
      asTheyAre: addProportions(counted.flatMap((cell) => asTheyAre.get(cell) ?? [])),
      pairs: pairs.map((of) => addPaired(counted.flatMap((cell) => of.get(cell) ?? []))),
    }
  }
  return grouped.groups.map((group, index) => ({
    group,
    own: sideOf(grouped.cells[index]),
    rest: grouped.comparable[index]
      ? sideOf(grouped.cells.filter((_, other) => other !== index && grouped.comparable[other]).flat())
      : null,
  }))
}

/** Images of each group that get another label under each alteration. */
export function changedImages(
  { transforms }: FeatureSensitivityObserved,
  { dataset, groupBy, derive }: Parameters<typeof groupSides>[2],
): { readonly group: Group; readonly changed: readonly Proportion[] }[] {
  const grouped = groupFacts(dataset, groupBy, derive)
  return grouped.groups.map((group, index) => ({
    group,
    changed: transforms.map(({ cells }) => {
      const counted = cells.filter(({ cell }) => grouped.cells[index].includes(cell))
      return addProportions(counted.map(({ changed, images }) => ({ count: changed, total: images })))
    }),
  }))
}

/** What was counted when altered, of the pairs. */
export function afterOf({ both, onlyFirst, onlySecond, neither }: PairedImages): Proportion {
  return { count: both + onlySecond, total: both + onlyFirst + onlySecond + neither }
}

function pairedOf([both, onlyFirst, onlySecond]: KeptLostGained, images: number): PairedImages {
  return { both, onlyFirst, onlySecond, neither: images - both - onlyFirst - onlySecond }
}

function addProportions(proportions: readonly Proportion[]): Proportion {
  return proportions.reduce((sum, { count, total }) => ({ count: sum.count + count, total: sum.total + total }), {
    count: 0,
    total: 0,
  })
}
