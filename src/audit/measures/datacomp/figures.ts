import type { Proportion } from '../../statistics/proportion.js'
import type { Group } from '../../types/groups.js'
import type { ReasonCode } from '../../types/verdict.js'

/** Images of one group that a DataComp figure counts. */
export type GroupCount = Proportion & { readonly group: Group }

type Figure = { readonly value: number | null; readonly reason?: ReasonCode }
type NamedFigure = Figure & { readonly group: Group | null }

/** One DataComp figure by group. Values are shares as float32, as DataComp writes them; null `no-images` where it writes NaN. */
export type DataCompFigures = {
  readonly groups: readonly NamedFigure[]
  /** `_avg`: over all images, not over groups. */
  readonly average: Figure
  /** `_wg` as DataComp computes it: the lowest value, which for a harm is the group harmed least. Of equal ones the first. */
  readonly datacompWg: NamedFigure
  /** The group treated worst: the highest value of a harm, the lowest of an accuracy. Of equal ones the first. */
  readonly worst: NamedFigure
}

/** The figures that DataComp prints of one measure, with its "worst group" beside ours (measures.md B18). Groups without images
 *  are in neither; without any image all is null `no-images`.
 *  Source: mlfoundations/datacomp:eval_utils/fairness_eval.py with the Accuracy of WILDS, whose worst is always a minimum.
 *  @example dataCompFigures([{ group: [['race', 'White']], count: 14, total: 100 }], 'harm').worst  // { value: 0.14, ... } */
export function dataCompFigures(counts: readonly GroupCount[], kind: 'accuracy' | 'harm'): DataCompFigures {
  const groups = counts.map((count) => ({ group: count.group, ...figureOf(count) }))
  const lowest = extreme(groups, (value, found) => value < found)
  return {
    groups,
    average: figureOf(counts.reduce(plus, { count: 0, total: 0 })),
    datacompWg: lowest,
    worst: kind === 'accuracy' ? lowest : extreme(groups, (value, found) => value > found),
  }
}

function figureOf({ count, total }: Proportion): Figure {
  return total === 0 ? { value: null, reason: 'no-images' } : { value: Math.fround(count / total) }
}

function plus(a: Proportion, b: Proportion): Proportion {
  return { count: a.count + b.count, total: a.total + b.total }
}

function extreme(groups: readonly NamedFigure[], isBeyond: (value: number, found: number) => boolean): NamedFigure {
  return groups.reduce<NamedFigure>(
    (found, one) => (one.value !== null && (found.value === null || isBeyond(one.value, found.value)) ? one : found),
    { group: null, value: null, reason: 'no-images' },
  )
}
