import type { Decisions } from '../types/decisions.js'
import type { LabelSet } from '../types/definitions.js'
import type { NearTiedFlow, PairedCell } from '../types/paired.js'
import type { RowCells } from './cells.js'
import { tiesAreKnown } from './ties-are-known.js'

/** One way of deciding the rows of a dataset. */
export type Run = { readonly labelSet: Pick<LabelSet, 'id' | 'labels'>; readonly decisions: Decisions }

export type PairedInput = {
  readonly cells: RowCells
  /** True for a row that was processed: neither excluded nor quarantined. */
  readonly processed: (row: number) => boolean
  /** Top-1 minus top-2 cosine at or below which an image is near-tied. */
  readonly nearTie: number
}

/** Counts, for every cell, which label each image has under one run and which under another. Images that only one of them decided are
 *  counted apart. */
export function countPairedCells(first: Run, second: Run, input: PairedInput): PairedCell[] {
  const counters = input.cells.groups.map(() => ({
    flows: new Map<number, number>(),
    nearTies: new Map<string, number>(),
    onlyFirst: 0,
    onlySecond: 0,
  }))
  const width = second.labelSet.labels.length
  for (let row = 0; row < input.cells.cellOfRow.length; row++) {
    if (!input.processed(row)) continue
    const counter = counters[input.cells.cellOfRow[row]]
    const [from, to] = [first.decisions.winner[row], second.decisions.winner[row]]
    if (from >= 0 && to >= 0) {
      add(counter.flows, from * width + to)
      const near = nearKey(first, second, row, input.nearTie)
      if (near !== null) add(counter.nearTies, near)
    } else if (from >= 0) counter.onlyFirst++
    else if (to >= 0) counter.onlySecond++
  }
  const scored = [first, second].every(({ decisions }) => tiesAreKnown({ ...input, decisions }))
  return counters.map(({ flows, nearTies, ...apart }) => ({
    flows: flowsInOrder(flows, first, second),
    nearTies: scored ? nearTiesInOrder(nearTies) : null,
    ...apart,
  }))
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Both labels with the outcome of the runner-up where it is near, as a JSON key; null where both runs are clear. */
function nearKey(first: Run, second: Run, row: number, nearTie: number): string | null {
  const [nearFrom, nearTo] = [first, second].map((run) => nearOutcome(run, row, nearTie))
  if (nearFrom === null && nearTo === null) return null
  const [from, to] = [first, second].map(({ labelSet, decisions }) => labelSet.labels[decisions.winner[row]].id)
  return JSON.stringify([from, nearFrom, to, nearTo])
}

function nearOutcome({ labelSet, decisions }: Run, row: number, nearTie: number): string | null {
  const { scores, runnerUp } = decisions
  const isNear = scores !== null && runnerUp[row] >= 0 && scores.margin[row] <= nearTie
  return isNear ? labelSet.labels[runnerUp[row]].outcome : null
}

function flowsInOrder(flows: ReadonlyMap<number, number>, first: Run, second: Run): PairedCell['flows'] {
  const width = second.labelSet.labels.length
  return [...flows]
    .sort(([a], [b]) => a - b)
    .map(([key, images]) => [
      first.labelSet.labels[Math.floor(key / width)].id,
      second.labelSet.labels[key % width].id,
      images,
    ])
}

function nearTiesInOrder(nearTies: ReadonlyMap<string, number>): NearTiedFlow[] {
  return [...nearTies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, images]) => {
      const [from, nearFrom, to, nearTo] = JSON.parse(key) as [string, string | null, string, string | null] // by nearKey
      return [from, nearFrom, to, nearTo, images]
    })
}
