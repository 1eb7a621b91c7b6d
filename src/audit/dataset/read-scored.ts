import { basename } from 'node:path'
import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { Dataset, Warning } from '../types/dataset.js'
import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import { REQUIRED_COLUMNS } from './decision-columns.js'
import type { DecisionColumn } from './decision-columns.js'
import { decisionTable } from './decision-table.js'
import { collectLabels } from './given-labels.js'
import type { ImageLabels } from './given-labels.js'
import { imageKey } from './image-key.js'
import { labelNames } from './label-names.js'
import { noRows } from './label-table.js'
import type { LabelTable } from './label-table.js'
import { otherWords } from './other-words.js'
import { rankLabels } from './rank-labels.js'
import type { DecisionsFile } from './decisions-file.js'
import { refuse } from './refusals.js'
import type { ScoredColumns } from './scored-columns.js'

type Asked = {
  readonly file: string
  readonly dataset: Dataset
  readonly labelSets: readonly LabelSet[]
  readonly map: readonly DecisionsColumn[]
}

/** Reads labels with scores, as services give them: what an image is decided to be is its best label, read by each label set. Cosines also give the
 *  lead of the best label; other scores are of a scale of their own, and near-ties stay unknown. Images without any label are undecided.
 *  Throws DatasetError for a label or a score that is missing, a label twice of one image, and words that no label set has a label for. */
export async function readScored(table: LabelTable, columns: ScoredColumns, asked: Asked): Promise<DecisionsFile> {
  const { file, dataset, labelSets } = asked
  const given = await collectLabels(table, columns, file)
  if (given.rows === 0) throw new DatasetError('table.empty', noRows(file))
  const scoreColumns: DecisionColumn[] = columns.isCosine ? ['similarity', 'margin', 'runnerUp'] : ['runnerUp']
  const made = decisionTable(file, dataset, labelSets, [...REQUIRED_COLUMNS, ...scoreColumns])
  const isAsked = processedImages(dataset)
  const isKnown = isAmong(dataset.images)
  const warnings: Warning[] = []
  const faults: Fault[] = []
  for (const [index, { labelSet }] of columns.labels.entries()) {
    const { seen, fault } = decideAll(given.ofLabelSet[index], {
      labelSet,
      columns,
      isKnown,
      isAsked,
      add: made.add,
      at: file,
    })
    warnings.push(...seen)
    if (fault !== null) faults.push(fault)
  }
  refuse('decisions.not-named', faults)
  const decisions = made.finish()
  return {
    decisions: columns.isCosine ? decisions : decisions.map((one) => ({ ...one, isOfAnotherScale: true })),
    source: { file: basename(file), sha256: table.sha256(), rows: given.rows },
    warnings: [...scaleWarning(given, columns), ...warnings, ...made.warnings()],
  }
}

type Deciding = {
  readonly labelSet: LabelSet
  readonly columns: ScoredColumns
  /** Whether the dataset has the image; and whether it is counted. */
  readonly isKnown: (image: string) => boolean
  readonly isAsked: (image: string) => boolean
  readonly add: ReturnType<typeof decisionTable>['add']
  readonly at: string
}

function decideAll(
  images: readonly ImageLabels[],
  { labelSet, columns, isKnown, isAsked, add, at }: Deciding,
): { readonly seen: Warning[]; readonly fault: Fault | null } {
  const named = labelNames(labelSet)
  const unnamed = otherWords(labelSet)
  const others = otherWords(labelSet)
  let empty = 0
  let ties = 0
  for (const { image, line, labels } of images) {
    if (!isKnown(image)) {
      add(new Map([['image', image], ['labelSet', labelSet.id]]), line) // prettier-ignore
      continue // a fault by now, whatever its labels say
    }
    if (labels.length === 0) {
      empty += isAsked(image) ? 1 : 0
      continue
    }
    const ranked = rankLabels(labels.map(({ words, score }) => ({ words, score, named: named(words) })), labelSet) // prettier-ignore
    if (ranked.kind === 'not-named') {
      if (isAsked(image)) unnamed.count(ranked.words)
      continue
    }
    const { winner, score, runnerUp, margin, other } = ranked
    if (isAsked(image)) {
      if (other !== null) others.count(other)
      if (margin === 0) ties++
    }
    const row = new Map<DecisionColumn, string>([
      ['image', image],
      ['labelSet', labelSet.id],
      ['label', labelSet.labels[winner].id],
      ['runnerUp', runnerUp < 0 ? '' : labelSet.labels[runnerUp].id],
    ])
    if (columns.isCosine) row.set('similarity', String(score)).set('margin', Number.isNaN(margin) ? '' : String(margin))
    add(row, line)
  }
  return {
    seen: [...others.warnings(), ...emptyWarning(empty), ...tieWarning(ties, columns)],
    fault: unnamed.fault(at),
  }
}

/** Labels of images that are not counted need no label of the set. */
function processedImages({ images, excluded, quarantined }: Dataset): (image: string) => boolean {
  return isAmong(images.filter((_, row) => !excluded.has(row) && !quarantined.has(row)))
}

function isAmong(images: readonly string[]): (image: string) => boolean {
  const keys = new Set(images.map(imageKey))
  return (image) => keys.has(imageKey(image))
}

function scaleWarning({ lowest, highest }: { lowest: number; highest: number }, columns: ScoredColumns): Warning[] {
  if (columns.isCosine || lowest > highest) return []
  const message = `the scores in ${quoted(columns.score)} reach from ${Number(lowest.toPrecision(3))} to ${Number(highest.toPrecision(3))}, a scale of their own: they choose the best label of each image, and near-ties stay unknown`
  return [{ code: 'decisions.scores-of-another-scale', count: 1, message }]
}

function emptyWarning(count: number): Warning[] {
  if (count === 0) return []
  return [{ code: 'decisions.no-label', count, message: `${count} images were given no label at all and stay undecided` }] // prettier-ignore
}

function tieWarning(count: number, { isCosine }: ScoredColumns): Warning[] {
  if (count === 0 || isCosine) return []
  const message = `${count} images have two best labels with the same score; the one that comes first in the label set is taken`
  return [{ code: 'decisions.equal-scores', count, message }]
}
