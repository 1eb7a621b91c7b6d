import type { Tally } from '../types/facts.js'
import type { Decisions } from '../types/decisions.js'
import type { LabelSet } from '../types/definitions.js'
import type { RowCells } from './cells.js'
import { tiesAreKnown } from './ties-are-known.js'

export type TallyInput = {
  readonly evidence: string
  readonly labelSet: LabelSet
  readonly decisions: Decisions
  readonly cells: RowCells
  /** True for a row that was processed: neither excluded nor quarantined. */
  readonly processed: (row: number) => boolean
  /** Top-1 minus top-2 cosine at or below which an image is near-tied. */
  readonly nearTie: number
}

/** Counts the decisions of one label set in every cell. From here on everything is pure and exact. */
export function tally(input: TallyInput): Tally[] {
  const counters = input.cells.groups.map(() => newCounter(input.labelSet.labels.length))
  const outcomes = outcomesOf(input.labelSet)
  for (let row = 0; row < input.cells.cellOfRow.length; row++) {
    if (input.processed(row)) countRow(counters[input.cells.cellOfRow[row]], row, input, outcomes)
  }
  const scored = tiesAreKnown(input)
  return counters.map((counter, cell) => describe(counter, cell, { ...input, outcomes }, scored))
}

type Counter = {
  total: number
  undecided: number
  exactTies: number
  readonly counts: Uint32Array
  /** Images by winning label x outcomes + outcome of the runner-up. */
  readonly nearTies: Map<number, number>
}

/** The outcomes of a label set, and which of them each label has. */
type Outcomes = { readonly names: readonly string[]; readonly of: Int32Array }

function outcomesOf({ labels }: LabelSet): Outcomes {
  const names = [...new Set(labels.map(({ outcome }) => outcome))]
  return { names, of: Int32Array.from(labels, ({ outcome }) => names.indexOf(outcome)) }
}

function newCounter(labels: number): Counter {
  return { total: 0, undecided: 0, exactTies: 0, counts: new Uint32Array(labels), nearTies: new Map() }
}

function countRow(counter: Counter, row: number, { decisions, nearTie }: TallyInput, { names, of }: Outcomes): void {
  const winner = decisions.winner[row]
  if (winner < 0) {
    counter.undecided++
    return
  }
  counter.total++
  counter.counts[winner]++
  counter.exactTies += decisions.exactTies[row]
  const runnerUp = decisions.runnerUp[row]
  if (decisions.scores === null || runnerUp < 0 || !(decisions.scores.margin[row] <= nearTie)) return
  const key = winner * names.length + of[runnerUp]
  counter.nearTies.set(key, (counter.nearTies.get(key) ?? 0) + 1)
}

function describe(
  counter: Counter,
  cell: number,
  { evidence, labelSet, decisions, cells, outcomes }: TallyInput & { readonly outcomes: Outcomes },
  scored: boolean,
): Tally {
  const reason = scored ? null : decisions.isOfAnotherScale === true ? 'scores-of-another-scale' : 'decisions-only'
  return {
    evidence,
    labelSet: labelSet.id,
    group: cells.groups[cell],
    total: counter.total,
    undecided: counter.undecided,
    counts: labelSet.labels
      .map(({ id }, index) => [id, counter.counts[index]] as const)
      .filter(([, images]) => images > 0),
    nearTies: scored ? nearTiesInOrder(counter.nearTies, labelSet, outcomes) : null,
    nearTiesReason: reason,
    exactTies: scored ? counter.exactTies : null,
    exactTiesReason: reason,
  }
}

function nearTiesInOrder(
  nearTies: Counter['nearTies'],
  { labels }: LabelSet,
  { names }: Outcomes,
): (readonly [string, string, number])[] {
  return [...nearTies]
    .map(([key, images]) => [labels[Math.floor(key / names.length)].id, names[key % names.length], images] as const)
    .map((tie) => ({ tie, sortedBy: JSON.stringify(tie.slice(0, 2)) }))
    .sort((a, b) => (a.sortedBy < b.sortedBy ? -1 : 1))
    .map(({ tie }) => tie)
}
