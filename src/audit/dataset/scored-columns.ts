import { DatasetError, quoted } from '../errors.js'
import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import { missingColumn } from './label-table.js'
import { quotedList, refuse } from './refusals.js'

/** Where a file of labels with scores keeps what: one row for every label that an image was given. */
export type ScoredColumns = {
  readonly image: string
  readonly score: string
  /** The scores are cosines, so that the lead of the best label says whether it is near-tied. */
  readonly isCosine: boolean
  /** Column that says for which label set a row counts; null where all rows count. */
  readonly labelSet: string | null
  /** In which column each label set finds the words for its labels. */
  readonly labels: readonly { readonly labelSet: LabelSet; readonly column: string }[]
}

type Asked = {
  readonly file: string
  readonly labelSets: readonly LabelSet[]
  readonly map: readonly DecisionsColumn[]
}

// as three cloud services call them: description and score, Name and Confidence, name and confidence
const LABEL_WORDS = ['label', 'name', 'description', 'tag']
const SCORE_WORDS = ['score', 'confidence']

/** Finds out whether a file has labels with scores, from its header or from what the user says of its columns; null where it has not.
 *  Throws DatasetError where two lists could be meant, or something is missing. */
export function scoredColumns(header: readonly string[], asked: Asked): ScoredColumns | null {
  return asked.map.length > 0 ? mappedColumns(header, asked) : foundColumns(header, asked)
}

function mappedColumns(header: readonly string[], { file, labelSets, map }: Asked): ScoredColumns | null {
  const columnOf = (name: string): string | undefined => map.find(({ of }) => of === name)?.column
  const score = columnOf('score')
  if (score === undefined) return null
  const missing = map.filter(({ column }) => !header.includes(column))
  refuse('decisions.header', missing.map(({ column }) => missingColumn(`${file}:1`, 'header', column, header))) // prettier-ignore
  return {
    image: columnOf('image') ?? 'image',
    score,
    isCosine: isCosine(score),
    labelSet: null,
    labels: labelSets.map((labelSet) => ({ labelSet, column: columnOf(labelSet.id) ?? '' })), // the plan has each of them
  }
}

function foundColumns(header: readonly string[], { file, labelSets }: Asked): ScoredColumns | null {
  const labelSet = header.includes('labelSet') ? 'labelSet' : null
  // our own file has a row for each decision, whatever columns were added to it
  if (labelSet !== null && (header.includes('similarity') || header.includes('margin'))) return null
  const pairs = scoredPairs(header, labelSet === null ? [...SCORE_WORDS, 'similarity'] : SCORE_WORDS)
  if (pairs.length === 0) return null
  const at = `${file}:1`
  const hint = '--decisions-map says which: image=..., score=..., and the label set with the column of its words'
  if (pairs.length > 1)
    throw new DatasetError('decisions.header', {
      at,
      field: 'header',
      expected: 'one list of labels with scores',
      received: pairs.map(({ label, score }) => `${quoted(label)} with ${quoted(score)}`).join(' and '),
      hint: `Keep only the list that is to be audited, or ${hint}`,
    })
  if (!header.includes('image'))
    throw new DatasetError('decisions.header', {
      at,
      field: 'header',
      expected: 'a column "image" with the names of the images as in the label file',
      received: `the columns ${quotedList(header)}`,
      hint: `Add the name of the image to every ${pairs[0].label.includes('.') ? 'object' : 'row'}; where it is called otherwise, ${hint}`,
    })
  requireOneLabelSet(labelSets, labelSet, at)
  const [{ label, score }] = pairs
  const labels = labelSets.map((one) => ({ labelSet: one, column: label }))
  return { image: 'image', score, isCosine: isCosine(score), labelSet, labels }
}

/** Words that one label set was decided by say nothing of another one, unless the user says that they do. */
export function requireOneLabelSet(labelSets: readonly LabelSet[], labelSet: string | null, at: string): void {
  if (labelSets.length === 1 || labelSet !== null) return
  const map = labelSets.map(({ id }) => `${id}=...`).join(' and ')
  throw new DatasetError('decisions.header', {
    at,
    field: 'header',
    expected: 'a column "labelSet", because the run has more than one label set',
    received: 'none',
    hint: `Name one label set with --label-set, or say with --decisions-map that all read the same column: ${map}`,
  })
}

/** The first word for labels and the first for scores that stand side by side, in every place where both do. */
function scoredPairs(
  header: readonly string[],
  scoreWords: readonly string[],
): { readonly label: string; readonly score: string }[] {
  const placeOf = (column: string): string => column.slice(0, column.lastIndexOf('.') + 1)
  return [...new Set(header.map(placeOf))].flatMap((place) => {
    const found = (words: readonly string[]): string | undefined =>
      words.flatMap((word) => header.filter((column) => placeOf(column) === place && lastWord(column) === word)).at(0)
    const [label, score] = [found(LABEL_WORDS), found(scoreWords)]
    return label === undefined || score === undefined ? [] : [{ label, score }]
  })
}

function lastWord(column: string): string {
  return column.slice(column.lastIndexOf('.') + 1).toLowerCase()
}

function isCosine(score: string): boolean {
  return lastWord(score) === 'similarity'
}
