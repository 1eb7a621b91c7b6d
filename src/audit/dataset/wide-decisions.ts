import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import type { DecisionRow } from './decision-table.js'
import type { LabelTable } from './label-table.js'
import { missingColumn } from './label-table.js'
import { refuse } from './refusals.js'

/** A file of decisions with one column for each label set, as most scripts write it: how its columns are read, and what a row says. */
export type WideDecisions = {
  readonly columns: readonly string[]
  /** One decision for each label set that has one in this row; an empty cell is none. */
  readonly rowsOf: (cells: readonly string[]) => DecisionRow[]
}

/** Reads the named columns. A cell names a label by its id, by its text, by a filled prompt, or by the attribute value that no other label
 *  implies (*Male*). Throws DatasetError where a column is missing. */
export function wideDecisions(
  { header }: Pick<LabelTable, 'header'>,
  file: string,
  map: readonly DecisionsColumn[],
  labelSets: readonly LabelSet[],
): WideDecisions {
  const at = `${file}:1`
  const missing = map.filter(({ column }) => !header.includes(column))
  refuse(
    'decisions.header',
    missing.map(({ column }) => missingColumn(at, 'header', column, header)),
  )
  const [image, ...decided] = [...map].sort((a, b) => Number(b.of === 'image') - Number(a.of === 'image'))
  const readers = decided.flatMap(({ of }) => labelSets.filter(({ id }) => id === of).map(labelReader)) // the plan has each of them once
  return {
    columns: [image, ...decided].map(({ column }) => column),
    rowsOf: ([name, ...cells]) =>
      cells.flatMap((cell, index) =>
        cell === ''
          ? []
          : [
              new Map([
                ['image', name],
                ['labelSet', decided[index].of],
                ['label', readers[index](cell)],
              ] as const),
            ],
      ),
  }
}

/** From what a cell says to a label id; what names no label, or several, is passed on and refused with its line. */
function labelReader(labelSet: LabelSet): (cell: string) => string {
  const ids = new Set(labelSet.labels.map(({ id }) => id))
  const meant = new Map<string, Set<string>>()
  const add = (words: string, id: string): void => {
    const found = meant.get(words) ?? new Set()
    meant.set(words, found.add(id))
  }
  for (const { id, text, implies } of labelSet.labels) {
    for (const words of [text, ...labelSet.templates.map((template) => template.replace('{label}', () => text))])
      add(words, id)
    for (const { values } of implies) for (const value of values) add(value, id)
  }
  return (cell) => {
    const named = meant.get(cell)
    const [only] = named ?? []
    return ids.has(cell) || named?.size !== 1 ? cell : only
  }
}
