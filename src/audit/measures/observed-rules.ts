import type { Facts, LabelSetFacts, ProbeFacts } from '../types/facts.js'
import type { AtScale } from '../types/observed/observed.js'
import type { Group } from '../types/groups.js'
import type { MeasureOf } from '../types/measures.js'
import type { Observation, ObservationOf } from '../types/observations.js'
import { atScale } from './at-scale.js'
import type { RowGroup } from './row-groups.js'

/** What the counts of one observation are held against. */
export type Around = {
  readonly facts: Facts
  readonly probe: ProbeFacts
  /** null for an observation that asks none. */
  readonly labelSet: LabelSetFacts | null
  /** Everyone and every group of some groupings, with the processed images of each. */
  readonly groupsOf: (groupBys: readonly (readonly string[])[]) => readonly (RowGroup & { readonly images: number })[]
}

/** What a kind of measure says of its observations. */
export type ObservedRules<Kind extends Observation['kind']> = {
  /** Whether its counts can have been counted, as its type says in words. */
  readonly fits: (seen: ObservationOf<Kind>, around: Around & { readonly measure: MeasureOf<Kind> }) => boolean
  /** How many of its figures need the vectors, or the probability of every image, and cannot be computed again. Absent: none. */
  readonly takenAsSeen?: (seen: ObservationOf<Kind>) => number
}

type InCell = { readonly cell: number }

/** Each cell is there and given once, with no more images than were processed. */
export function fitsCells<Counts extends InCell>(
  cells: readonly Counts[],
  { facts }: Around,
  imagesOf: (counts: Counts) => number,
): boolean {
  return (
    isDistinct(cells.map(({ cell }) => cell)) &&
    cells.every((counts) => imagesOf(counts) <= (facts.dataset.cells.at(counts.cell)?.processed ?? -1))
  )
}

/** The same, and no processed image is missing. */
export function isEveryImage(cells: readonly (InCell & { readonly images: number })[], around: Around): boolean {
  const counted = sum(cells.map(({ images }) => images))
  return fitsCells(cells, around, ({ images }) => images) && counted === around.facts.dataset.rows.processed
}

/** Its thresholds are those that the measure asks for, in order; none where there are no probabilities to reach them. */
export function areThresholdsAsked(
  seen: AtScale & { readonly thresholds: readonly { readonly threshold: number }[] },
  asked: readonly number[],
): boolean {
  return isSame(
    seen.thresholds.map(({ threshold }) => threshold),
    seen.logitScale === null ? [] : asked,
  )
}

/** How similarities became probabilities is what the audit states of the model, or of the vectors that were made elsewhere. */
export function isScaleOfEvidence(seen: AtScale & { readonly evidence: string | null }, { facts }: Around): boolean {
  const evidence = facts.evidence.find(({ id }) => id === seen.evidence)
  const logits =
    evidence?.kind === 'vectors' ? evidence.source : facts.models.find(({ id }) => id === (evidence?.model ?? null))
  if (logits === undefined) return false
  const stated = atScale(logits)
  return (['logitScale', 'logitScaleReason', 'logitBias'] as const).every((field) => seen[field] === stated[field])
}

/** The groups that can be compared, in order, with all their images. */
export function areGroups(
  groups: readonly { readonly group: Group; readonly images: number }[],
  groupBy: readonly string[],
  { groupsOf, probe }: Around,
): boolean {
  const expected = groupsOf([groupBy]).filter(({ comparable, groupBy: own }) => comparable && own.length > 0)
  return (
    probe.groupBy.some((asked) => isSame(asked, groupBy)) &&
    isSame(groups.map(({ group, images }) => [group, images]), expected.map(({ group, images }) => [group, images])) // prettier-ignore
  )
}

/** Known names, each once, none with more images than there are. */
export function isCountOfEach(
  counts: readonly (readonly [name: string, images: number])[],
  known: ReadonlySet<string>,
  most: number,
): boolean {
  return isDistinct(counts.map(([name]) => name)) && counts.every(([name, images]) => known.has(name) && images <= most)
}

export function labelsOf({ labelSet }: Around): ReadonlySet<string> {
  return new Set(labelSet?.labels.map(({ id }) => id))
}

export function isDistinct(names: readonly (string | number)[]): boolean {
  return new Set(names).size === names.length
}

export function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high
}

export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

/** Figures that are there. */
export function known(figures: readonly ({ readonly value: number | null } | null)[]): number {
  return figures.filter((figure) => figure !== null && figure.value !== null).length
}
