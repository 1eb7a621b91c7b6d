import type { Ensembling, GridFactor } from '../types/curve.js'
import type { Grid, GridTemplates } from '../types/grid.js'
import { AS_WRITTEN } from './grid-words.js'
import type { Path } from './yaml-place.js'

type Varied = Omit<Grid, 'probe' | 'policy' | 'sha256'>
type Choice = GridFactor['choices'][number]

/** A label as one combination of wording, synonyms and alternative has it. `path`: where the grid file says its text; empty for the label set's own. */
export type CrossedLabel = {
  readonly id: string
  readonly text: string
  readonly outcome: string
  readonly path: Path
}

/** One combination of wording, synonyms and alternative, as indices of the choices in that order, with the labels that follow. */
export type CrossedLabels = { readonly choices: readonly number[]; readonly labels: readonly CrossedLabel[] }

/** One way of asking: template lists, each of which is averaged; an image is inside an outcome if any of them puts it there. */
export type CrossedTemplates = {
  readonly choices: readonly number[]
  readonly lists: readonly (readonly string[])[]
}

/** Every combination of the choices of some factors, the last factor fastest. */
export function crossOf(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (cells, size) => cells.flatMap((cell) => Array.from({ length: size }, (_, choice) => [...cell, choice])),
    [[]],
  )
}

/** The factors that say which labels there are and what they are called. */
export function labelFactors(grid: Varied): GridFactor[] {
  const textOf = (id: string): string => grid.labelSet.labels.find((label) => label.id === id)?.text ?? ''
  const wording = {
    id: 'wording',
    choices: grid.wordings.map(({ id, note, texts }) => ({ id, note: note || wordsOf(texts), texts })),
  }
  const synonyms = grid.synonyms.map(({ label, texts }) => ({
    id: `synonym:${label}`,
    choices: [
      { id: AS_WRITTEN, note: textOf(label), texts: [] },
      // ids stand in charts and tables, where a harmful word should not: its text is in the note
      ...texts.map((text, index) => ({ id: `other-${index + 1}`, note: text, texts: [[label, text] as const] })),
    ],
  }))
  const alternative = {
    id: 'alternative',
    choices: grid.alternatives.map(({ id, note, labels }) => {
      const texts = labels.map((label) => [label.id, label.text] as const)
      return { id, note: note || wordsOf(texts), texts }
    }),
  }
  return [
    ...(grid.wordings.length > 1 ? [wording] : []),
    ...synonyms,
    ...(grid.alternatives.length > 1 ? [alternative] : []),
  ]
}

function wordsOf(texts: readonly (readonly [what: string, text: string])[]): string {
  return texts.map(([, text]) => text).join(' | ')
}

/** The labels of every combination, in the order of {@link labelFactors}. A synonym wins over a wording, for that label. */
export function* crossedLabels(grid: Varied): Generator<CrossedLabels> {
  const sizes = [grid.wordings.length, ...grid.synonyms.map(({ texts }) => texts.length + 1), grid.alternatives.length]
  const isFactor = sizes.map((size) => size > 1)
  for (const cell of crossOf(sizes)) {
    yield { choices: cell.filter((_, factor) => isFactor[factor]), labels: labelsOf(grid, cell) }
  }
}

function labelsOf(grid: Varied, cell: readonly number[]): CrossedLabel[] {
  const [wording, alternative] = [cell[0], cell[cell.length - 1]]
  const worded = new Map(grid.wordings[wording].texts)
  const labels = grid.labelSet.labels.map(({ id, text, outcome }) => {
    const asked = grid.synonyms.findIndex(({ label }) => label === id)
    const chosen = asked < 0 ? 0 : cell[asked + 1]
    if (chosen > 0) return { id, outcome, text: grid.synonyms[asked].texts[chosen - 1], path: ['synonyms', id] }
    const other = worded.get(id)
    if (other === undefined) return { id, outcome, text, path: [] }
    return { id, outcome, text: other, path: ['wordings', wording - 1, 'texts', id] }
  })
  const added = grid.alternatives[alternative].labels.map(({ id, text, outcome }, index) => {
    return { id, text, outcome, path: ['alternatives', alternative - 1, 'add', index, 'text'] }
  })
  return [...labels, ...added]
}

/** The factors that say which sentences are asked and how they are joined, and every combination of them. Where all entries hold several
 *  templates, ensembling is a factor of its own; elsewhere each way of each entry is a choice of the factor `template`, so that
 *  everything stays crossed with everything. */
export function crossedTemplates({ templates, ensembling }: Pick<Grid, 'templates' | 'ensembling'>): {
  readonly factors: readonly GridFactor[]
  readonly cells: readonly CrossedTemplates[]
} {
  const isCrossed =
    ensembling.length > 1 && !ensembling.includes('each') && templates.every((entry) => entry.templates.length > 1)
  if (isCrossed) {
    return {
      factors: [
        { id: 'template', choices: templates.map((entry) => choiceOf(entry.id, entry)) },
        { id: 'ensembling', choices: ensembling.map((way) => ({ id: way, note: WAY_NOTES[way], texts: [] })) },
      ],
      cells: templates.flatMap((entry, choice) =>
        ensembling.map((way, other) => ({ choices: [choice, other], lists: joined(entry.templates, way) })),
      ),
    }
  }
  const ways = templates.flatMap((entry) => waysOf(entry, ensembling))
  const keys = ways.map(({ lists }) => JSON.stringify(lists))
  const distinct = ways.filter((_, index) => keys.indexOf(keys[index]) === index) // a template alone may stand in two entries
  return {
    factors: [{ id: 'template', choices: distinct.map(({ choice }) => choice) }],
    cells: distinct.map(({ lists }, index) => ({ choices: [index], lists })),
  }
}

const WAY_NOTES: Readonly<Record<Ensembling, string>> = {
  mean: 'the mean of the normalised vectors, normalised again',
  each: 'each template alone',
  'worst-case': 'inside an outcome if any template puts the image there',
}

function waysOf(entry: GridTemplates, ensembling: readonly Ensembling[]): { choice: Choice; lists: string[][] }[] {
  if (entry.templates.length === 1) return [{ choice: choiceOf(entry.id, entry), lists: [[...entry.templates]] }]
  return ensembling.flatMap((way) => {
    const named = ensembling.length === 1 ? entry.id : `${entry.id}:${way}`
    if (way !== 'each') return [{ choice: choiceOf(named, entry), lists: joined(entry.templates, way) }]
    return entry.templates.map((template, index) => ({
      choice: choiceOf(`${entry.id}:${index + 1}`, { ...entry, templates: [template] }),
      lists: [[template]],
    }))
  })
}

function choiceOf(id: string, { note, templates }: GridTemplates): Choice {
  return {
    id,
    note: note || templates.join(' | '),
    texts: templates.map((template) => ['template', template] as const),
  }
}

function joined(templates: readonly string[], way: Ensembling): string[][] {
  return way === 'mean' ? [[...templates]] : templates.map((template) => [template])
}

/** How many choices each factor has. */
export function factorSizes(grid: Varied): { readonly factor: string; readonly size: number }[] {
  const factors = [...crossedTemplates(grid).factors, ...labelFactors(grid)]
  return factors.map(({ id, choices }) => ({ factor: id, size: choices.length }))
}
