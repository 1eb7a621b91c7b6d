import type { Warning } from '../types/dataset.js'
import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import type { DecisionRow, DecisionTable } from './decision-table.js'
import { labelNames, type Named } from './label-names.js'
import type { LabelTable, TablePart } from './label-table.js'
import { missingColumn } from './label-table.js'
import { otherWords } from './other-words.js'
import { refuse } from './refusals.js'

/** A file of decisions with one column for each label set, as most scripts write it: how its columns are read, and what a row says. */
export type WideDecisions = {
  readonly columns: readonly string[]
  /** Hands over one decision for each label set that has one in a row, row by row; an empty cell is none. */
  readonly decisionsOf: (part: TablePart, add: DecisionTable['add']) => void
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
    decisionsOf: ({ lines, columns: [names, ...cells] }, add) => {
      for (let row = 0; row < lines.length; row++)
        for (const [index, { of }] of decided.entries())
          if (cells[index][row] !== '')
            add(decision(names[row], of, readers[index].read(cells[index][row])), lines[row])
    },
    warnings: () => readers.flatMap(({ others }) => others.warnings()),
  }
}

function decision(image: string, labelSet: string, label: string): DecisionRow {
  return {
    get: (column) => {
      if (column === 'image') return image
      if (column === 'labelSet') return labelSet
      return column === 'label' ? label : undefined
    },
  }
}

/** From what a cell says to a label id; what names no label, or several, is passed on and refused with its line. */
function labelReader(labelSet: LabelSet) {
  const named = labelNames(labelSet)
  const others = otherWords(labelSet)
  const known = new Map<string, Extract<Named, { kind: 'label' }>>() // a label is said a million times; other words may be without number
  const read = (cell: string): string => {
    const found = known.get(cell) ?? named(cell)
    if (found.kind === 'label') {
      known.set(cell, found)
      return found.id
    }
    if (found.kind === 'several' || labelSet.otherLabels === undefined) return cell
    others.count(cell)
    return labelSet.otherLabels
  }
  return { read, others }
}
