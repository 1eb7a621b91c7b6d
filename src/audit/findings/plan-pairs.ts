import type { LabelSetFacts } from '../types/facts.js'
import type { JointFacts, PairFacts } from '../types/paired.js'
import { missingOutcome, type PlannedProbe } from './plan-probe.js'

/** Which two runs are compared, before anything is counted. */
export type PairOfRuns = Omit<PairFacts, 'families' | 'cells'>
/** Which three or more. */
export type JointRuns = Omit<JointFacts, 'cells'>

/** Under one model every later label set is compared with the first; with one label set every later model with the first. Label sets are
 *  compared where some probe counts the same outcomes under both. */
export function planPairs(
  probes: readonly PlannedProbe[],
  labelSets: readonly LabelSetFacts[],
  evidence: readonly string[],
): PairOfRuns[] {
  const pairs: Omit<PairOfRuns, 'id'>[] = []
  for (const run of evidence)
    for (const [first, second] of pairsOf(comparable(probes, labelSets)))
      pairs.push({ kind: 'designs', evidence: [run, run], ...differenceOf(first, second) })
  for (const labelSet of labelSets.filter((each) => probes.some((probe) => missingOutcome(probe, each) === null)))
    for (const [first, second] of pairsOf(evidence))
      pairs.push({ kind: 'models', evidence: [first, second], ...differenceOf(labelSet, labelSet) })
  return pairs.map((pair, index) => ({ id: `p${index + 1}`, ...pair }))
}

/** Three or more label sets under one model, three or more models with one label set. */
export function planJoint(
  probes: readonly PlannedProbe[],
  labelSets: readonly LabelSetFacts[],
  evidence: readonly string[],
): JointRuns[] {
  const alike = comparable(probes, labelSets)
  const designs = evidence.map((run) => ({
    kind: 'designs' as const,
    runs: alike.map(({ id }) => [run, id] as const),
  }))
  const models = alike.map(({ id }) => ({
    kind: 'models' as const,
    runs: evidence.map((run) => [run, id] as const),
  }))
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

/** Label sets to which the probes that apply to the first of them apply as well. */
function comparable(probes: readonly PlannedProbe[], labelSets: readonly LabelSetFacts[]): LabelSetFacts[] {
  const first = labelSets.find((labelSet) => probes.some((probe) => missingOutcome(probe, labelSet) === null))
  if (first === undefined) return []
  const asked = probes.filter((probe) => missingOutcome(probe, first) === null)
  return labelSets.filter((labelSet) => asked.some((probe) => missingOutcome(probe, labelSet) === null))
}

function pairsOf<Item>([first, ...later]: readonly Item[]): (readonly [Item, Item])[] {
  return later.map((item) => [first, item] as const)
}

function differenceOf(
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
