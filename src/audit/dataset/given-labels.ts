import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import { imageKey } from './image-key.js'
import type { LabelTable } from './label-table.js'
import { MOST_FAULTS, fault, refuse } from './refusals.js'
import type { ScoredColumns } from './scored-columns.js'

/** All labels of one image, in the order of the file, and the line of the first. */
export type ImageLabels = {
  readonly image: string
  readonly line: number
  readonly labels: { readonly words: string; readonly score: number }[]
}

export type GivenLabels = {
  readonly rows: number
  /** Of all scores; Infinity and -Infinity where there are none. */
  readonly lowest: number
  readonly highest: number
  /** In the order of the label sets of the columns; images in the order of the file. */
  readonly ofLabelSet: readonly (readonly ImageLabels[])[]
}

type Range = { lowest: number; highest: number }

/** Gathers the labels with scores of every image; its rows need not stand together. A row without label and score says that its image was given
 *  none. Throws DatasetError with all faulty rows, twenty at most. */
export async function collectLabels(table: LabelTable, columns: ScoredColumns, file: string): Promise<GivenLabels> {
  const { image, score, labelSet, labels } = columns
  const byLabelSet = labels.map(() => new Map<string, ImageLabels>())
  const words = new Map<string, string>() // one copy of each word, however often it is said
  const faults: Fault[] = []
  const range: Range = { lowest: Infinity, highest: -Infinity }
  let rows = 0
  const asked = [image, score, ...(labelSet === null ? [] : [labelSet]), ...labels.map(({ column }) => column)]
  for await (const { line, cells } of table.rows(asked)) {
    rows++
    const [name, scoreText, ...others] = cells
    const only = labelSet === null ? null : others.shift()
    for (const [index, text] of others.entries()) {
      if (only !== null && only !== labels[index].labelSet.id) continue
      const wrong = addLabel(byLabelSet[index], { name, line, text: shared(words, text), scoreText }, columns, range)
      if (wrong !== null && faults.push(fault({ at: `${file}:${line}`, ...wrong })) === MOST_FAULTS)
        refuse('decisions.row', faults)
    }
  }
  refuse('decisions.row', faults)
  if (labelSet !== null) requireRows(byLabelSet, columns, file)
  return { rows, ...range, ofLabelSet: byLabelSet.map((images) => [...images.values()]) }
}

type Row = { readonly name: string; readonly line: number; readonly text: string; readonly scoreText: string }

function addLabel(
  images: Map<string, ImageLabels>,
  { name, line, text, scoreText }: Row,
  { score: column, isCosine, image }: ScoredColumns,
  range: Range,
): Omit<Fault, 'at'> | null {
  if (name === '') return { field: image, expected: 'the name of an image', received: 'an empty cell' }
  const key = imageKey(name)
  const found = images.get(key) ?? { image: name, line, labels: [] }
  images.set(key, found)
  if (text === '' && scoreText === '') return null
  if (text === '') return { field: 'label', expected: 'a label beside the score', received: 'none' }
  const score = numberOf(scoreText)
  const limit = 1 + 1e-3 // a cosine of 16-bit floats may exceed 1 by this much
  if (score === null || (isCosine && Math.abs(score) > limit)) {
    const hint = 'Leave out labels that were given without a score'
    return {
      field: column,
      expected: isCosine ? 'a cosine from -1 to 1' : 'a number',
      received: scoreText === '' ? `none beside ${quoted(text)}` : quoted(scoreText),
      ...(scoreText === '' ? { hint } : {}),
    }
  }
  if (found.labels.some(({ words }) => words === text)) {
    const expected = `one score for ${quoted(text)} of ${quoted(name)}`
    const hint = 'Where a label was found in several places of an image, keep its best score'
    return { field: 'label', expected, received: 'a second one', hint }
  }
  found.labels.push({ words: text, score })
  range.lowest = Math.min(range.lowest, score)
  range.highest = Math.max(range.highest, score)
  return null
}

/** null for what is no finite number as a numeral. */
function numberOf(text: string): number | null {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN
  return Number.isFinite(value) ? value : null
}

function shared(words: Map<string, string>, text: string): string {
  const known = words.get(text)
  if (known !== undefined) return known
  words.set(text, text)
  return text
}

function requireRows(found: readonly ReadonlyMap<string, unknown>[], { labels }: ScoredColumns, file: string): void {
  const index = found.findIndex(({ size }) => size === 0)
  if (index < 0) return
  throw new DatasetError('decisions.label-set-missing', {
    at: file,
    field: 'labelSet',
    expected: 'labels for every label set of the run',
    received: `none for ${quoted(labels[index].labelSet.id)}`,
    hint: 'Name only the label sets that the file has',
  })
}
