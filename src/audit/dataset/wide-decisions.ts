import type { Warning } from '../types/dataset.js'
import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import type { DecisionRow } from './decision-table.js'
import { labelNames } from './label-names.js'
import type { LabelTable } from './label-table.js'
import { missingColumn } from './label-table.js'
import { otherWords } from './other-words.js'
import { refuse } from './refusals.js'

/** A file of decisions with one column for each label set, as most scripts write it: how its columns are read, and what a row says. */
export type WideDecisions = {
  readonly columns: readonly string[]
  /** One decision for each label set that has one in this row; an empty cell is none. */
  readonly rowsOf: (cells: readonly string[]) => DecisionRow[]
  /** What went to the labels that stand for all other words, once every row is read. */
  readonly warnings: () => Warning[]
}

/** Reads the named columns. A cell names a label as {@link labelNames} says; words that name none go to the label set's `otherLabels`, where it has
 *  one. Throws DatasetError where a column is missing. */
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
                ['label', readers[index].read(cell)],
              ] as const),
            ],
      ),
    warnings: () => readers.flatMap(({ others }) => others.warnings()),
  }
}

/** From what a cell says to a label id; what names no label, or several, is passed on and refused with its line. */
function labelReader(labelSet: LabelSet) {
  const named = labelNames(labelSet)
  const others = otherWords(labelSet)
  const read = (cell: string): string => {
    const found = named(cell)
    if (found.kind === 'label') return found.id
    if (found.kind === 'several' || labelSet.otherLabels === undefined) return cell
    others.count(cell)
    return labelSet.otherLabels
  }
  return { read, others }
}
