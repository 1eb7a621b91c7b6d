import type { Dataset } from '../types/dataset.js'
import type { Decisions } from '../types/decisions.js'
import type { LabelSet } from '../types/definitions.js'
import { safeCsvCell } from './csv-out.js'
import { DECISION_COLUMNS } from './decision-columns.js'
import { shortestSingle } from './shortest-single.js'
import { writeRows } from './write-rows.js'

/** Writes every decision as one CSV row, label set by label set, each in dataset order; undecided rows are left out. Image names are as in
 *  the label file, labels are ids. `decisions` holds one entry per label set, in any order. Resolves to the path. */
export async function writeDecisionsCsv(
  file: string,
  dataset: Dataset,
  labelSets: readonly LabelSet[],
  decisions: readonly Decisions[],
): Promise<string> {
  return writeRows(file, decisionRows(dataset, labelSets, decisions))
}

function* decisionRows(
  dataset: Dataset,
  labelSets: readonly LabelSet[],
  decisions: readonly Decisions[],
): Generator<string, void> {
  yield DECISION_COLUMNS.join(',')
  for (const labelSet of labelSets) {
    const made = decisions.find((entry) => entry.labelSet === labelSet.id)
    if (made === undefined) continue
    for (let row = 0; row < dataset.images.length; row++) {
      const isProcessed = !dataset.excluded.has(row) && !dataset.quarantined.has(row)
      if (isProcessed && made.winner[row] >= 0) yield decisionRow(dataset.images[row], labelSet, made, row)
    }
  }
}

function decisionRow(image: string, labelSet: LabelSet, { winner, runnerUp, scores }: Decisions, row: number): string {
  const label = labelSet.labels[winner[row]]
  const second = runnerUp[row] < 0 ? '' : labelSet.labels[runnerUp[row]].id
  const probability = scores?.probability?.[row]
  return [
    safeCsvCell(image),
    safeCsvCell(labelSet.id),
    safeCsvCell(label.id),
    safeCsvCell(label.outcome),
    scores === null ? '' : singleText(scores.similarity[row]),
    probability === undefined || !Number.isFinite(probability) ? '' : String(probability),
    scores === null ? '' : singleText(scores.margin[row]),
    safeCsvCell(second),
  ].join(',')
}

/** '' where there is no score. */
function singleText(value: number): string {
  return Number.isFinite(value) ? String(shortestSingle(value)) : ''
}
