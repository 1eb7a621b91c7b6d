import type { LabelSetFacts } from '../types/facts.js'
import type { JointFacts, PairFacts } from '../types/paired.js'
import { asksOfCategories } from '../measures/counted-outcomes.js'
import type { PlannedProbe } from './plan-probe.js'

/** Which two runs are compared, before anything is counted. */
export type PairOfRuns = Omit<PairFacts, 'families' | 'cells'>
/** Which three or more. */
export type JointRuns = Omit<JointFacts, 'cells'>

/** Under one model every later label set is compared with the first that its probe applies to; with one label set every later model with
 *  the first. */
export function planPairs(
  probes: readonly PlannedProbe[],
  labelSets: readonly LabelSetFacts[],
  evidence: readonly string[],
): PairOfRuns[] {
  const designs = distinct(probes.flatMap((probe) => pairsOf(applicable(probe, labelSets))))
  const ofDesigns = evidence.flatMap((run) =>
    designs.map(([first, second]) => ({
      kind: 'designs' as const,
      evidence: [run, run] as const,
      ...labelSetDifference(first, second),
    })),
  )
  const asked = labelSets.filter((labelSet) => probes.some((probe) => asksOfCategories(probe.measure, labelSet)))
  const ofModels = asked.flatMap((labelSet) =>
    pairsOf(evidence).map((pair) => ({
      kind: 'models' as const,
      evidence: pair,
      ...labelSetDifference(labelSet, labelSet),
    })),
  )
  return [...ofDesigns, ...ofModels].map((pair, index) => ({ id: `p${index + 1}`, ...pair }))
}

/** Three or more label sets under one model that a probe applies to, three or more models with one label set. */
export function planJoint(
  probes: readonly PlannedProbe[],
  labelSets: readonly LabelSetFacts[],
  evidence: readonly string[],
): JointRuns[] {
  const together = distinct(probes.map((probe) => applicable(probe, labelSets)))
  const asked = labelSets.filter((labelSet) => together.some((sets) => sets.includes(labelSet)))
  const designs = evidence.flatMap((run) =>
    together.map((sets) => ({ kind: 'designs' as const, runs: sets.map(({ id }) => [run, id] as const) })),
  )
  const models = asked.map(({ id }) => ({ kind: 'models' as const, runs: evidence.map((run) => [run, id] as const) }))
  return [...designs, ...models]
    .filter(({ runs }) => runs.length >= 3)
    .map((joint, index) => ({ id: `j${index + 1}`, ...joint }))
}

/** The only direction in which the rate of an outcome can change between the two, or null where both are open. Labels that are only added
 *  take images away from the others; a label set without some of its labels gives them back. */
export function onlyDirection(
  { kind, labelSets, added, removed }: Pick<PairFacts, 'kind' | 'labelSets' | 'added' | 'removed'>,
  categories: readonly string[],
  known: readonly LabelSetFacts[],
): 'higher' | 'lower' | null {
  const [first, second] = labelSets.map((id) => known.find((labelSet) => labelSet.id === id))
  if (kind === 'models' || first === undefined || second === undefined || !sameTemplates(first, second)) return null
  if (added.length > 0 && removed.length === 0) return sideOf(added, second, categories, ['higher', 'lower'])
  if (removed.length > 0 && added.length === 0) return sideOf(removed, first, categories, ['lower', 'higher'])
  return null
}

function sideOf(
  ids: readonly string[],
  { labels }: LabelSetFacts,
  categories: readonly string[],
  [allInside, allOutside]: readonly ['higher' | 'lower', 'higher' | 'lower'],
): 'higher' | 'lower' | null {
  const inside = labels.filter(({ id }) => ids.includes(id)).map(({ outcome }) => categories.includes(outcome))
  if (inside.every(Boolean)) return allInside
  return inside.some(Boolean) ? null : allOutside
}

function applicable(probe: PlannedProbe, labelSets: readonly LabelSetFacts[]): LabelSetFacts[] {
  return labelSets.filter((labelSet) => asksOfCategories(probe.measure, labelSet))
}

/** The same label sets asked for by two probes are compared once. */
function distinct<Sets extends readonly LabelSetFacts[]>(all: readonly Sets[]): Sets[] {
  const keyOf = (sets: Sets): string => JSON.stringify(sets.map(({ id }) => id))
  return [...new Map(all.map((sets) => [keyOf(sets), sets] as const)).values()]
}

function pairsOf<Item>([first, ...later]: readonly Item[]): (readonly [Item, Item])[] {
  return later.map((item) => [first, item] as const)
}

/** The labels that only one of two label sets has. */
export function labelSetDifference(
  first: LabelSetFacts,
  second: LabelSetFacts,
): Pick<PairFacts, 'labelSets' | 'added' | 'removed' | 'isSuperset'> {
  const onlyIn = (one: LabelSetFacts, other: LabelSetFacts): string[] =>
    one.labels.filter((label) => !other.labels.some((each) => isSameLabel(label, each))).map(({ id }) => id)
  const [added, removed] = [onlyIn(second, first), onlyIn(first, second)]
  return {
    labelSets: [first.id, second.id],
    added,
    removed,
    isSuperset: first !== second && removed.length === 0 && sameTemplates(first, second),
  }
}

type LabelFacts = LabelSetFacts['labels'][number]

function isSameLabel(a: LabelFacts, b: LabelFacts): boolean {
  return a.id === b.id && a.text === b.text && a.outcome === b.outcome
}

function sameTemplates(first: LabelSetFacts, second: LabelSetFacts): boolean {
  return JSON.stringify(first.templates) === JSON.stringify(second.templates)
}
