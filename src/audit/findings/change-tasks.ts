import { addChanges, countChange, type ChangeCounts } from '../measures/change-counts.js'
import type { GroupedCells } from '../measures/group-cells.js'
import { categoryOutcomes, type ProbeOutcome } from '../types/measures.js'
import type { Facts, LabelSetFacts } from '../types/facts.js'
import type { ChangeFamily, PairFacts } from '../types/paired.js'
import { groupFacts } from '../measures/group-facts.js'

/** One outcome of one family of changes, with its paired counts in every group. */
export type ChangeTask = {
  readonly pair: PairFacts
  readonly family: ChangeFamily
  readonly outcome: ProbeOutcome
  readonly grouped: GroupedCells
  /** One per group. */
  readonly counts: readonly ChangeCounts[]
}

/** Every outcome of every family of changes of one kind. */
export function changeTasks(facts: Facts, kind: ChangeFamily['kind']): ChangeTask[] {
  return facts.paired.flatMap((pair) =>
    pair.families.filter((family) => family.kind === kind).flatMap((family) => tasksOf(facts, pair, family)),
  )
}

/** The two label sets of a pair, in order. Throws RangeError for one that the audit does not hold. */
export function labelSetsOf(facts: Facts, { id, labelSets }: PairFacts): readonly [LabelSetFacts, LabelSetFacts] {
  const [first, second] = labelSets.map((name) => facts.labelSets.find((labelSet) => labelSet.id === name))
  if (first === undefined || second === undefined)
    throw new RangeError(`pair ${id} names a label set that is not of this audit`)
  return [first, second]
}

function tasksOf(facts: Facts, pair: PairFacts, family: ChangeFamily): ChangeTask[] {
  const probe = facts.probes.find(({ id }) => id === family.probe)
  if (probe === undefined) throw new RangeError(`family ${family.id} names no probe of this audit`)
  const grouped = groupFacts(facts.dataset, family.groupBy, probe.derive)
  return categoryOutcomes(probe.measure)
    .filter(({ id }) => family.outcomes.includes(id))
    .map((outcome) => {
      const inCells = countChange(pair.cells, labelSetsOf(facts, pair), outcome.categories)
      const counts = grouped.cells.map((cells) => addChanges(cells.map((cell) => inCells[cell])))
      return { pair, family, outcome, grouped, counts }
    })
}
