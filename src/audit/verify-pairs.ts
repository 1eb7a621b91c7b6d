import { canonicalJson } from './audit-file/canonical-json.js'
import { planJoint, planPairs } from './findings/plan-pairs.js'
import type { Facts, Tally } from './types/facts.js'
import type { JointFacts, PairedCell, PairFacts } from './types/paired.js'
import type { Check } from './types/check.js'

/** Each pair is one that the definitions ask for, and its flows sum to what each of the two runs decided, label by label. */
export function pairsAddUp(facts: Facts): Check {
  const what =
    'between two label sets or two models every image is counted once, and both agree with the decisions of each'
  const evidence = facts.evidence.map(({ id }) => id)
  const planned = planPairs(facts.probes, facts.labelSets, evidence)
  const stated = facts.paired.map(({ families: _families, cells: _cells, ...pair }) => pair)
  const wrong =
    facts.paired.filter((pair) => !pairFits(facts, pair)).length +
    facts.joint.filter((joint) => !jointFits(facts, joint)).length
  const joint = planJoint(facts.probes, facts.labelSets, evidence)
  const statedJoint = facts.joint.map(({ cells: _cells, ...runs }) => runs)
  const isPlanned =
    canonicalJson(planned) === canonicalJson(stated) && canonicalJson(joint) === canonicalJson(statedJoint)
  const detail = isPlanned
    ? `${facts.paired.length + facts.joint.length} pairs or more at once, ${wrong} wrong`
    : 'the pairs in the file are others'
  return { what, holds: isPlanned && wrong === 0, detail }
}

function pairFits(facts: Facts, { evidence, labelSets, cells }: PairFacts): boolean {
  const [first, second] = evidence.map((id, side) =>
    facts.tallies.filter((tally) => tally.evidence === id && tally.labelSet === labelSets[side]),
  )
  return (
    cells.length === facts.dataset.cells.length &&
    cells.every(({ flows, nearTies, onlyFirst, onlySecond }, cell) => {
      const both = flows.reduce((sum, [, , count]) => sum + count, 0)
      return (
        first.at(cell)?.total === both + onlyFirst &&
        second.at(cell)?.total === both + onlySecond &&
        nearTiesFit({ flows, nearTies, onlyFirst, onlySecond }, first[cell], second[cell]) &&
        flowsFit(first[cell], flows.map(([from, , count]) => [from, count] as const), onlyFirst) && // prettier-ignore
        flowsFit(second[cell], flows.map(([, to, count]) => [to, count] as const), onlySecond) // prettier-ignore
      )
    })
  )
}

/** Near-ties are among the flows, and each run's are those of its tally: all of them where every image was decided in both. */
function nearTiesFit({ flows, nearTies, onlyFirst, onlySecond }: PairedCell, first: Tally, second: Tally): boolean {
  if (nearTies === null) return first.nearTies === null || second.nearTies === null
  if (first.nearTies === null || second.nearTies === null) return false
  const left = new Map(flows.map(([from, to, count]) => [JSON.stringify([from, to]), count]))
  for (const [from, , to, , count] of nearTies) add(left, JSON.stringify([from, to]), -count)
  return (
    [...left.values()].every((count) => count >= 0) &&
    sameNearTies(first.nearTies, nearTies.map(([from, near, , , count]) => [from, near, count] as const), onlyFirst) && // prettier-ignore
    sameNearTies(second.nearTies, nearTies.map(([, , to, near, count]) => [to, near, count] as const), onlySecond) // prettier-ignore
  )
}

function sameNearTies(
  stated: NonNullable<Tally['nearTies']>,
  paired: readonly (readonly [label: string, near: string | null, images: number])[],
  unpaired: number,
): boolean {
  const left = new Map<string | undefined, number>()
  for (const [label, near, count] of stated) add(left, JSON.stringify([label, near]), count)
  for (const [label, near, count] of paired) if (near !== null) add(left, JSON.stringify([label, near]), -count)
  const rest = [...left.values()]
  return rest.every((count) => count >= 0) && rest.reduce((sum, count) => sum + count, 0) <= unpaired
}

/** No label has more images in the flows than it was decided for, and only unpaired images are missing. */
function flowsFit({ counts }: Tally, flows: readonly (readonly [string, number])[], unpaired: number): boolean {
  const left = new Map(counts)
  for (const [label, count] of flows) left.set(label, (left.get(label) ?? 0) - count)
  const rest = [...left.values()]
  return rest.every((count) => count >= 0) && rest.reduce((sum, count) => sum + count, 0) === unpaired
}

/** Under no run an outcome has more images than were decided for it, and no more images are missing than the runs left undecided together. */
function jointFits(facts: Facts, { runs, cells }: JointFacts): boolean {
  const tallies = runs.map(([evidence, labelSet]) =>
    facts.tallies.filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet),
  )
  const outcomes = runs.map(([, labelSetId]) => {
    const labels = facts.labelSets.find(({ id }) => id === labelSetId)?.labels ?? []
    return new Map(labels.map(({ id, outcome }) => [id, outcome]))
  })
  if (tallies.some(({ length }) => length !== cells.length)) return false
  return cells.every((patterns, cell) => {
    const inCell = tallies.map((ofRun) => ofRun[cell])
    return isWhole(patterns, inCell) && inCell.every((tally, run) => outcomesFit(patterns, run, tally, outcomes[run]))
  })
}

type Patterns = JointFacts['cells'][number]

function isWhole(patterns: Patterns, tallies: readonly Tally[]): boolean {
  const undecided = tallies.reduce((sum, tally) => sum + tally.undecided, 0)
  const counted = patterns.reduce((sum, [, images]) => sum + images, 0)
  return tallies.every((tally) => counted >= tally.total + tally.undecided - undecided)
}

function outcomesFit(
  patterns: Patterns,
  run: number,
  { counts }: Tally,
  outcomeOf: ReadonlyMap<string, string>,
): boolean {
  const left = new Map<string | undefined, number>()
  for (const [label, images] of counts) add(left, outcomeOf.get(label), images)
  for (const [outcomes, images] of patterns) add(left, outcomes[run], -images)
  return [...left.values()].every((images) => images >= 0)
}

function add(counts: Map<string | undefined, number>, key: string | undefined, images: number): void {
  counts.set(key, (counts.get(key) ?? 0) + images)
}
