import type { DerivedAttribute } from '../../types/definitions.js'
import type { DatasetFacts } from '../../types/facts.js'
import type { Group } from '../../types/groups.js'
import type { AssociationObserved } from '../../types/observed/association-threshold.js'
import { groupFacts } from '../group-facts.js'

/** The labels that some images were given, together. */
export type GivenLabels = {
  readonly images: number
  readonly without: number
  /** Images with each label, in the order of the label set. */
  readonly counts: readonly number[]
}

type Cells = AssociationObserved['thresholds'][number]['cells']

/** Sums some cells; `isCounted` says which. `labels`: ids in the order of the label set. */
export function sumLabels(
  cells: Cells,
  labels: readonly string[],
  isCounted: (cell: number) => boolean = () => true,
): GivenLabels {
  const placeOf = new Map(labels.map((label, place) => [label, place] as const))
  const counts = labels.map(() => 0)
  let images = 0
  let without = 0
  for (const one of cells) {
    if (!isCounted(one.cell)) continue
    images += one.images
    without += one.without
    for (const [label, count] of one.labels) counts[placeOf.get(label) ?? -1] += count
  }
  return { images, without, counts }
}

/** Sums the cells into the groups of one `groupBy` that can be compared and have images, in order. */
export function groupLabels(
  cells: Cells,
  labels: readonly string[],
  {
    dataset,
    groupBy,
    derive,
  }: { dataset: DatasetFacts; groupBy: readonly string[]; derive: readonly DerivedAttribute[] },
): { readonly group: Group; readonly given: GivenLabels }[] {
  const grouped = groupFacts(dataset, groupBy, derive)
  return grouped.groups.flatMap((group, index) => {
    if (!grouped.comparable[index]) return []
    const own = new Set(grouped.cells[index])
    const given = sumLabels(cells, labels, (cell) => own.has(cell))
    return given.images === 0 ? [] : [{ group, given }]
  })
}
