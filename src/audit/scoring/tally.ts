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
  for (let row = 0; row < input.cells.cellOfRow.length; row++) {
    if (input.processed(row)) countRow(counters[input.cells.cellOfRow[row]], row, input)
  }
  const scored = tiesAreKnown(input)
  return counters.map((counter, cell) => describe(counter, cell, input, scored))
}

type Counter = {
  total: number
  undecided: number
  exactTies: number
  readonly counts: Uint32Array
  /** Winning label and outcome of the runner-up, as a JSON key, to images. */
  readonly nearTies: Map<string, number>
}

function newCounter(labels: number): Counter {
  return { total: 0, undecided: 0, exactTies: 0, counts: new Uint32Array(labels), nearTies: new Map() }
}

function countRow(counter: Counter, row: number, { decisions, labelSet, nearTie }: TallyInput): void {
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
  const key = JSON.stringify([labelSet.labels[winner].id, labelSet.labels[runnerUp].outcome])
  counter.nearTies.set(key, (counter.nearTies.get(key) ?? 0) + 1)
}

function describe(
  counter: Counter,
  cell: number,
  { evidence, labelSet, decisions, cells }: TallyInput,
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
    nearTies: scored ? nearTiesInOrder(counter.nearTies) : null,
    nearTiesReason: reason,
    exactTies: scored ? counter.exactTies : null,
    exactTiesReason: reason,
  }
}

function nearTiesInOrder(nearTies: ReadonlyMap<string, number>): (readonly [string, string, number])[] {
  return [...nearTies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, images]) => {
      const [label, outcome] = JSON.parse(key) as [string, string] // written by countRow above
      return [label, outcome, images] as const
    })
}
