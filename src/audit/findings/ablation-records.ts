import { addPaired } from '../measures/change-counts.js'
import type { GroupedCells } from '../measures/group-cells.js'
import { pairedChange, pairedTotal } from '../statistics/paired-counts.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import type { AblationFacts, AblationRecord } from '../types/ablation.js'
import { categoryOutcomes, type ProbeOutcome } from '../types/measures.js'
import type { Facts, LabelSetFacts, ProbeFacts, Tally } from '../types/facts.js'
import type { ChangeBounds, PairedImages } from '../types/paired.js'
import { groupFacts } from '../measures/group-facts.js'

type Unranked = Omit<AblationRecord, 'rank'> & Pick<AblationFacts, 'action' | 'evidence' | 'labelSet'>

/** What each label taken out or added does to every outcome rate, for all images together and for every group of one attribute
 *  (measures.md B7), ranked within the same action by the size of the change. Every label stands for itself: nothing is summed over
 *  labels, so no order of taking out or adding plays a part. Groups without images are left out. */
export function ablationRecords(facts: Facts): AblationRecord[] {
  const records = facts.probes.flatMap((probe) => {
    const groupings = groupingsOf(facts, probe)
    return facts.ablations.flatMap((ablation) =>
      outcomesOf(probe, ablation).flatMap((outcome) =>
        recordsOf(facts, { ablation, probe: probe.id, outcome, groupings }),
      ),
    )
  })
  const peers = new Map<string, number[]>()
  for (const record of records) {
    const key = peersOf(record)
    peers.set(key, [...(peers.get(key) ?? []), imagesMoved(record)])
  }
  return records.map(({ action, evidence, labelSet, ...record }) => {
    const moved = imagesMoved(record)
    const others = peers.get(peersOf({ action, evidence, labelSet, ...record })) ?? []
    return { ...record, rank: 1 + others.filter((other) => other > moved).length }
  })
}

/** The outcomes that a probe counts under the label set of an ablation; none where it does not apply. */
function outcomesOf({ families, measure }: ProbeFacts, { evidence, labelSet }: AblationFacts): ProbeOutcome[] {
  const counted = families.filter((family) => family.evidence === evidence && family.labelSet === labelSet)
  return categoryOutcomes(measure).filter(({ id }) => counted.some(({ outcomes }) => outcomes.includes(id)))
}

/** All images together, and each single attribute that the probe groups by: a label by every pair of attributes would be a table that
 *  nobody reads. */
function groupingsOf({ dataset }: Facts, { groupBy, notApplicable, derive }: ProbeFacts): GroupedCells[] {
  const absent = notApplicable.map((entry) => JSON.stringify(entry.groupBy))
  const single = groupBy.filter((names) => names.length === 1 && !absent.includes(JSON.stringify(names)))
  return [[], ...single].map((names) => groupFacts(dataset, names, derive))
}

type Question = {
  readonly ablation: AblationFacts
  readonly probe: string
  readonly outcome: ProbeOutcome
  readonly groupings: readonly GroupedCells[]
}

function recordsOf(facts: Facts, { ablation, probe, outcome, groupings }: Question): Unranked[] {
  const inCells = pairedCells(facts, ablation, outcome)
  const { id, action, evidence, labelSet } = ablation
  return groupings.flatMap(({ groupBy, groups, cells, comparable }) => {
    const counts = cells.map((members) => addPaired(members.map((cell) => inCells[cell])))
    return groups.flatMap((group, index) => {
      const rest = addPaired(counts.filter((_, other) => other !== index && comparable[other]))
      const about = { ablation: id, action, evidence, labelSet, probe, outcome: outcome.id, groupBy, group }
      const isComparable = comparable[index] && pairedTotal(rest) > 0
      return pairedTotal(counts[index]) === 0
        ? []
        : [{ ...about, ...effectOf(counts[index], isComparable ? rest : null, facts) }]
    })
  })
}

type Effect = Pick<AblationRecord, 'paired' | 'change' | 'interval' | 'gapChange' | 'leftShare'>

/** `rest`: everyone else, or null where the group is compared with nobody. */
function effectOf(paired: PairedImages, rest: PairedImages | null, facts: Facts): Effect {
  const change = pairedChange(paired)
  const flagged = paired.both + paired.onlyFirst
  return {
    paired,
    change,
    interval: intervalOf(paired, facts),
    gapChange: rest && change - pairedChange(rest),
    leftShare: flagged === 0 ? null : paired.onlyFirst / flagged,
  }
}

/** For each cell, how many images lie inside an outcome under the label set as it is, under the changed one, both or neither. */
function pairedCells(facts: Facts, ablation: AblationFacts, { categories }: ProbeOutcome): PairedImages[] {
  const labelSet = labelSetOf(facts, ablation)
  const tallies = facts.tallies.filter(
    (tally) => tally.evidence === ablation.evidence && tally.labelSet === labelSet.id,
  )
  const inside = new Set(labelSet.labels.filter(({ outcome }) => categories.includes(outcome)).map(({ id }) => id))
  const isAddedInside = ablation.action === 'add' && categories.includes(ablation.label.outcome)
  const isInsideAfter = (label: string): boolean =>
    ablation.action === 'add' && label === ablation.label.id ? isAddedInside : inside.has(label)
  return tallies.map((tally, cell) => {
    const moves = ablation.cells[cell]
    const left = images(moves.filter(([from, to]) => inside.has(from) && !isInsideAfter(to)))
    const entered = images(moves.filter(([from, to]) => !inside.has(from) && isInsideAfter(to)))
    const before = flaggedImages(tally, inside)
    return { both: before - left, onlyFirst: left, onlySecond: entered, neither: tally.total - before - entered }
  })
}

function labelSetOf(facts: Facts, { id, labelSet }: AblationFacts): LabelSetFacts {
  const found = facts.labelSets.find((one) => one.id === labelSet)
  if (found === undefined) throw new RangeError(`ablation ${id} names no label set of this audit`)
  return found
}

function flaggedImages({ counts }: Tally, inside: ReadonlySet<string>): number {
  return counts.reduce((total, [label, count]) => total + (inside.has(label) ? count : 0), 0)
}

function images(moves: AblationFacts['cells'][number]): number {
  return moves.reduce((total, [, , count]) => total + count, 0)
}

/** Several images of one subject are not independent, and Tango's interval takes them so: then there is none. */
function intervalOf(paired: PairedImages, { policy, subjectCounts }: Facts): ChangeBounds | null {
  if (subjectCounts.length > 0) return null
  const { low, high } = tangoInterval(paired, policy.alpha)
  return [low, high]
}

/** Records that are ranked together; as JSON, so that no name can join two of them. */
function peersOf({ action, evidence, labelSet, probe, outcome, groupBy, group }: Unranked): string {
  return JSON.stringify([action, evidence, labelSet, probe, outcome, groupBy, group])
}

/** The size of the change in images: within one group it orders as the rates do, and equal changes are equal. */
function imagesMoved({ paired }: Pick<AblationRecord, 'paired'>): number {
  return Math.abs(paired.onlySecond - paired.onlyFirst)
}
