import { basename } from 'node:path'
import { DatasetError, quoted } from '../errors.js'
import type { Dataset, Warning } from '../types/dataset.js'
import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import { DECISION_COLUMNS, REQUIRED_COLUMNS } from './decision-columns.js'
import type { DecisionColumn } from './decision-columns.js'
import { decisionTable } from './decision-table.js'
import type { DecisionsFile } from './decisions-file.js'
import { missingColumn, noRows } from './label-table.js'
import type { LabelTable } from './label-table.js'
import { nearestWord } from '../definitions/nearest-word.js'
import { openDecisions } from './open-decisions.js'
import { readScored } from './read-scored.js'
import { fault, quotedList, refuse } from './refusals.js'
import { requireOneLabelSet, scoredColumns } from './scored-columns.js'
import { partsOf } from './table-parts.js'
import { wideDecisions } from './wide-decisions.js'

export type { DecisionsFile }

/** Reads decisions that were made elsewhere and joins them to a dataset by image name: CSV, JSON lines or Parquet. A file has rows of ours
 *  (`image,labelSet,label` and more), one column for each label set (`map`, or `image,label` where the run has one label set), or all labels of
 *  each image with scores. Images without a decision stay undecided; decisions for excluded or quarantined rows are dropped and counted. Of
 *  rows of ours, scores are read only when both `similarity` (cosine) and `margin` (top-1 minus top-2 cosine) are there. Throws DatasetError
 *  with the line for an unknown image, label set or label, an image twice in one label set, an outcome that is not the label's, and a label
 *  set of the run without a row. */
export async function readDecisionsFile(
  file: string,
  dataset: Dataset,
  labelSets: readonly LabelSet[],
  map: readonly DecisionsColumn[] = [],
): Promise<DecisionsFile> {
  return readDecisionsTable(await openDecisions(file), { file, dataset, labelSets, map })
}

/** The same for a file that was opened already. */
export async function readDecisionsTable(
  table: LabelTable,
  { file, dataset, labelSets, map }: Wide,
): Promise<DecisionsFile> {
  const scored = scoredColumns(table.header, { file, labelSets, map })
  if (scored !== null) return readScored(table, scored, { file, dataset, labelSets, map })
  if (map.length > 0) return readWide(table, { file, dataset, labelSets, map })
  if (isOneLabelEach(table)) {
    requireOneLabelSet(labelSets, null, `${file}:1`)
    const whole = [{ of: 'image', column: 'image' }, { of: labelSets[0].id, column: 'label' }] // prettier-ignore
    return readWide(table, { file, dataset, labelSets, map: whole })
  }
  const columns = presentColumns(table, file)
  const made = decisionTable(file, dataset, labelSets, columns)
  let rows = 0
  for await (const part of partsOf(table.rows(columns))) {
    rows += part.lines.length
    const cells = new Map(columns.map((column, index) => [column, part.columns[index]] as const))
    for (let row = 0; row < part.lines.length; row++)
      made.add({ get: (column) => cells.get(column)?.[row] }, part.lines[row])
  }
  if (rows === 0) throw new DatasetError('table.empty', noRows(file))
  return {
    decisions: made.finish(),
    source: { file: basename(file), sha256: table.sha256(), rows },
    warnings: [...columnWarnings(table, columns), ...made.warnings()],
  }
}

async function readWide(table: LabelTable, { file, dataset, labelSets, map }: Wide): Promise<DecisionsFile> {
  const { columns, decisionsOf, warnings } = wideDecisions(table, file, map, labelSets)
  const made = decisionTable(file, dataset, labelSets, REQUIRED_COLUMNS)
  let rows = 0
  for await (const part of partsOf(table.rows(columns))) {
    rows += part.lines.length
    decisionsOf(part, made.add)
  }
  if (rows === 0) throw new DatasetError('table.empty', noRows(file))
  return {
    decisions: made.finish(),
    source: { file: basename(file), sha256: table.sha256(), rows },
    warnings: [...warnings(), ...made.warnings()],
  }
}

/** `image,label`, in the words of who decided. */
function isOneLabelEach({ header }: LabelTable): boolean {
  return header.includes('image') && header.includes('label') && !header.includes('labelSet')
}

type Wide = {
  readonly file: string
  readonly dataset: Dataset
  readonly labelSets: readonly LabelSet[]
  readonly map: readonly DecisionsColumn[]
}

function presentColumns({ header }: LabelTable, file: string): DecisionColumn[] {
  const at = `${file}:1`
  const missing = REQUIRED_COLUMNS.filter((column) => !header.includes(column))
  const optional = DECISION_COLUMNS.filter((column) => !header.includes(column))
  const slips = header
    .filter((column) => !isDecisionColumn(column))
    .flatMap((column) => {
      const meant = nearestWord(column, optional)
      const hint = `Did you mean ${quoted(meant)}?`
      const expected = `the columns ${DECISION_COLUMNS.join(',')}`
      return meant === null ? [] : [fault({ at, field: 'header', expected, received: quoted(column), hint })]
    })
  refuse('decisions.header', [...missing.map((column) => missingColumn(at, 'header', column, header)), ...slips])
  return DECISION_COLUMNS.filter((column) => header.includes(column))
}

function columnWarnings({ header }: LabelTable, columns: readonly DecisionColumn[]): Warning[] {
  const ignored = header.filter((column) => !isDecisionColumn(column))
  const warnings: Warning[] = []
  if (ignored.length > 0) {
    const message = `columns that a decisions file does not have are ignored: ${quotedList(ignored)}`
    warnings.push({ code: 'decisions.column-ignored', count: ignored.length, message })
  }
  const given = (['similarity', 'probability', 'margin'] as const).filter((column) => columns.includes(column))
  if (given.length > 0 && !(given.includes('similarity') && given.includes('margin'))) {
    const message = `scores are read only where both similarity and margin are given; only ${given.join(' and ')} is here`
    warnings.push({ code: 'decisions.scores-incomplete', count: 1, message })
  }
  return warnings
}

function isDecisionColumn(column: string): boolean {
  return (DECISION_COLUMNS as readonly string[]).includes(column) // widened only to ask
}
