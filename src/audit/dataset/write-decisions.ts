import type { Dataset } from '../types/dataset.js'
import type { Decisions } from '../types/decisions.js'
import type { DecisionsFormat, LabelSet } from '../types/definitions.js'
import { safeCsvCell } from './csv-out.js'
import { DECISION_COLUMNS } from './decision-columns.js'
import type { WrittenDecision } from './decision-columns.js'
import { shortestSingle } from './shortest-single.js'
import { writeRows } from './write-rows.js'

/** Writes every decision as one row, label set by label set, each in dataset order; undecided rows are left out. Image names are as in
 *  the label file, labels are ids. `decisions` holds one entry per label set, in any order. CSV cells are safe in a spreadsheet; JSON lines and
 *  Parquet hold every text as it is, and null for what is not there. Resolves to the path. */
export async function writeDecisions(
  file: string,
  format: DecisionsFormat,
  dataset: Dataset,
  labelSets: readonly LabelSet[],
  decisions: readonly Decisions[],
): Promise<string> {
  const rows = decisionRows(dataset, labelSets, decisions)
  switch (format) {
    case 'csv':
      return writeRows(file, csvRows(rows))
    case 'jsonl':
      return writeRows(file, jsonRows(rows))
    case 'parquet':
      return (await import('./write-decisions-parquet.js')).writeDecisionsParquet(file, rows)
  }
}

function* decisionRows(
  dataset: Dataset,
  labelSets: readonly LabelSet[],
  decisions: readonly Decisions[],
): Generator<WrittenDecision, void> {
  for (const labelSet of labelSets) {
    const made = decisions.find((entry) => entry.labelSet === labelSet.id)
    if (made === undefined) continue
    for (let row = 0; row < dataset.images.length; row++) {
      const isProcessed = !dataset.excluded.has(row) && !dataset.quarantined.has(row)
      if (isProcessed && made.winner[row] >= 0) yield decisionRow(dataset.images[row], labelSet, made, row)
    }
  }
}

function decisionRow(
  image: string,
  labelSet: LabelSet,
  { winner, runnerUp, scores }: Decisions,
  row: number,
): WrittenDecision {
  const label = labelSet.labels[winner[row]]
  return {
    image,
    labelSet: labelSet.id,
    label: label.id,
    outcome: label.outcome,
    similarity: numberOrNull(scores?.similarity[row]),
    probability: numberOrNull(scores?.probability?.[row]),
    margin: numberOrNull(scores?.margin[row]),
    runnerUp: runnerUp[row] < 0 ? null : labelSet.labels[runnerUp[row]].id,
  }
}

function numberOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

function* csvRows(rows: Iterable<WrittenDecision>): Generator<string, void> {
  yield DECISION_COLUMNS.join(',')
  for (const { image, labelSet, label, outcome, similarity, probability, margin, runnerUp } of rows) {
    const texts = [image, labelSet, label, outcome].map(safeCsvCell)
    const scores = [singleText(similarity), probability === null ? '' : String(probability), singleText(margin)]
    yield [...texts, ...scores, runnerUp === null ? '' : safeCsvCell(runnerUp)].join(',')
  }
}

function* jsonRows(rows: Iterable<WrittenDecision>): Generator<string, void> {
  for (const row of rows) {
    const { similarity, margin } = row
    yield JSON.stringify({
      ...row,
      similarity: similarity === null ? null : shortestSingle(similarity),
      margin: margin === null ? null : shortestSingle(margin),
    })
  }
}

/** '' where there is no score. */
function singleText(value: number | null): string {
  return value === null ? '' : String(shortestSingle(value))
}
