import { quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { Label, LabelSet } from '../types/definitions.js'
import type { DecisionColumn } from './decision-columns.js'
import { didYouMean } from '../definitions/nearest-word.js'
import { fault, quotedList } from './refusals.js'

type Parts = Omit<Fault, 'at' | 'hint'> & { readonly hint?: string | null }
type Cells = Pick<ReadonlyMap<DecisionColumn, string>, 'get'>

/** One wrong row of a decisions file; its place is added where rows are counted. */
export class DecisionFault extends Error {
  readonly parts: Omit<Fault, 'at'>
  constructor(parts: Parts) {
    super(parts.expected)
    const { field, expected, received, hint } = fault({ at: '', ...parts })
    this.parts = {
      expected,
      received,
      ...(field === undefined ? {} : { field }),
      ...(hint === undefined ? {} : { hint }),
    }
  }
}

/** Index of the label that a cell names by its id. Throws DecisionFault, with the nearest id, for any other text. */
export function labelIndex(
  column: 'label' | 'runnerUp',
  row: Cells,
  labelSet: LabelSet,
  indexOfLabel: ReadonlyMap<string, number>,
): number {
  const id = row.get(column) ?? ''
  const index = indexOfLabel.get(id)
  if (index !== undefined) return index
  const ids = labelSet.labels.map((label) => label.id)
  const byText = labelSet.labels.find(({ text }) => text === id)
  throw new DecisionFault({
    field: column,
    expected: `a label id of ${quoted(labelSet.id)} (${quotedList(ids)})`,
    received: quoted(id),
    hint: byText === undefined ? didYouMean(id, ids) : `This is a label's text; its id is ${quoted(byText.id)}`,
  })
}

/** Index of the second label; -1 where the file does not say. */
export function runnerUpIndex(
  winner: number,
  row: Cells,
  labelSet: LabelSet,
  indexOfLabel: ReadonlyMap<string, number>,
): number {
  if ((row.get('runnerUp') ?? '') === '') return -1
  const index = labelIndex('runnerUp', row, labelSet, indexOfLabel)
  if (index !== winner) return index
  throw new DecisionFault({
    field: 'runnerUp',
    expected: 'another label than the decision',
    received: quoted(row.get('runnerUp')),
  })
}

/** Throws DecisionFault unless the outcome is absent or the label's own. */
export function checkOutcome(row: Cells, label: Label): void {
  const outcome = row.get('outcome') ?? ''
  if (outcome === '' || outcome === label.outcome) return
  const expected = `${quoted(label.outcome)}, the outcome of ${quoted(label.id)}`
  throw new DecisionFault({ field: 'outcome', expected, received: quoted(outcome) })
}

const ROUNDING = 1e-3 // a cosine of 16-bit floats may exceed 1 by this much

const RANGES = {
  similarity: { low: -1 - ROUNDING, high: 1 + ROUNDING, words: 'a cosine from -1 to 1' },
  probability: { low: 0, high: 1 + ROUNDING, words: 'a share from 0 to 1' },
  margin: { low: 0, high: 2 + ROUNDING, words: 'a difference of cosines from 0 to 2' },
}

/** The number in a cell; NaN where the cell is empty or absent. Throws DecisionFault outside its range. */
export function scoreOf(column: keyof typeof RANGES, row: Cells): number {
  const text = row.get(column) ?? ''
  if (text === '') return NaN
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN
  const { low, high, words } = RANGES[column]
  if (value >= low && value <= high) return value
  throw new DecisionFault({ field: column, expected: words, received: quoted(text) })
}
