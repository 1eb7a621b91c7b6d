import { categoryOutcomes } from '../types/measures.js'
import type { DatasetFacts } from '../types/facts.js'
import type { Policy } from '../types/definitions.js'
import type { ChangeFamily, PairedCell, PairFacts } from '../types/paired.js'
import type { LabelSetFacts } from '../types/facts.js'
import { asksOfCategories } from '../measures/counted-outcomes.js'
import { groupFacts } from '../measures/group-facts.js'
import { missingAttribute, type PlannedProbe } from './plan-probe.js'
import type { PairOfRuns } from './plan-pairs.js'

export type ChangeContext = {
  readonly probes: readonly PlannedProbe[]
  readonly dataset: DatasetFacts
  readonly labelSets: readonly LabelSetFacts[]
  readonly policy: Policy
}

/** Fixes the families of changes of every pair of runs from the numbers of images decided in both: one probe x one groupBy over its
 *  outcomes, each union apart, and the same for differences in differences (measures.md A8b). The latter only for single attributes:
 *  whether a label helped everyone alike is asked of one attribute at a time. */
export function planChanges(
  pairs: readonly (PairOfRuns & { readonly cells: readonly PairedCell[] })[],
  context: ChangeContext,
): PairFacts[] {
  let next = 1
  return pairs.map(({ cells, ...pair }) => {
    const families = familiesOf(pair, cells, context).map((family) => ({ id: `cf${next++}`, ...family }))
    return { ...pair, families, cells }
  })
}

type Unnumbered = Omit<ChangeFamily, 'id'>

function familiesOf(pair: PairOfRuns, cells: readonly PairedCell[], context: ChangeContext): Unnumbered[] {
  const { probes, labelSets, dataset, policy } = context
  const compared = labelSets.filter(({ id }) => pair.labelSets.includes(id))
  return probes
    .filter((probe) => compared.every((labelSet) => asksOfCategories(probe.measure, labelSet)))
    .flatMap((probe) =>
      probe.groupBy
        .filter((groupBy) => missingAttribute(groupBy, dataset, probe.derive) === null)
        .flatMap((groupBy) => {
          const totals = totalsOf(groupFacts(dataset, groupBy, probe.derive), cells)
          const kinds = groupBy.length === 1 ? KINDS : KINDS.slice(0, 1)
          return kinds.flatMap((kind) => familiesOfKind({ kind, probe, groupBy, totals, policy }))
        }),
    )
}

const KINDS = ['change', 'difference-in-differences'] as const

function familiesOfKind(of: {
  readonly kind: ChangeFamily['kind']
  readonly probe: PlannedProbe
  readonly groupBy: readonly string[]
  readonly totals: readonly number[]
  readonly policy: Policy
}): Unnumbered[] {
  const { kind, probe, groupBy, totals, policy } = of
  const outcomes = categoryOutcomes(probe.measure)
  const plain = outcomes.filter(({ isUnion }) => !isUnion).map(({ id }) => id)
  const unions = outcomes.filter(({ isUnion }) => isUnion).map(({ id }) => [id])
  const { size, eligible } = kind === 'change' ? changesOf(totals, policy) : contrastsOf(totals, policy)
  return [plain, ...unions]
    .filter((ids) => ids.length > 0)
    .map((ids) => ({
      kind,
      probe: probe.id,
      groupBy,
      outcomes: ids,
      alpha: policy.alpha,
      m: Math.max(1, eligible * ids.length),
      size: size * ids.length,
      minimum: policy.minimumImages,
      margin: policy.margin.difference,
    }))
}

type Sizes = { readonly size: number; readonly eligible: number }

function changesOf(totals: readonly number[], { minimumImages }: Policy): Sizes {
  return { size: totals.length, eligible: totals.filter((total) => total >= minimumImages).length }
}

/** Each group against everyone else; of two groups one comparison. */
function contrastsOf(totals: readonly number[], { minimumImages }: Policy): Sizes {
  const everyone = totals.reduce((sum, total) => sum + total, 0)
  const enough = totals.filter((total) => total >= minimumImages && everyone - total >= minimumImages).length
  if (totals.length === 2) return { size: 1, eligible: Math.min(1, enough) }
  return { size: totals.length < 2 ? 0 : totals.length, eligible: totals.length < 2 ? 0 : enough }
}

/** Images decided in both runs, of every group that can be compared. */
function totalsOf(grouped: ReturnType<typeof groupFacts>, cells: readonly PairedCell[]): number[] {
  const inBoth = cells.map(({ flows }) => flows.reduce((sum, [, , images]) => sum + images, 0))
  return grouped.cells
    .filter((_, group) => grouped.comparable[group])
    .map((members) => members.reduce((sum, cell) => sum + inBoth[cell], 0))
}
