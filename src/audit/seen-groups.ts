import type { SeenGroups } from './designs/lint/rule.js'
import { countCells, crossRows } from './scoring/cells.js'
import type { AuditResult } from './types/audit.js'
import type { Dataset } from './types/dataset.js'
import type { Cell } from './types/facts.js'
import { UNKNOWN, type Group } from './types/groups.js'

/** The groups of a dataset that was just read, over the attributes that labels may speak of. Rows that are excluded or quarantined do not count. */
export function groupsOfDataset(dataset: Dataset): SeenGroups {
  const names = dataset.attributes.map(({ name }) => name)
  return groupsOf(dataset.attributes, names, countCells(dataset, crossRows(dataset, names)))
}

/** The groups of a saved audit. Only attributes that its probes grouped by are counted. */
export function groupsOfAudit({ facts: { dataset } }: AuditResult): SeenGroups {
  return groupsOf(dataset.attributes, dataset.cellAttributes, dataset.cells)
}

function groupsOf(
  attributes: SeenGroups['attributes'],
  counted: readonly string[],
  cells: readonly Cell[],
): SeenGroups {
  return {
    attributes: attributes.map(({ name, values }) => ({ name, values: values.filter((value) => value !== UNKNOWN) })),
    imagesOf: (group) => {
      if (!group.every(([attribute]) => counted.includes(attribute))) return null
      return cells.filter((cell) => isInside(cell, group)).reduce((sum, { processed }) => sum + processed, 0)
    },
  }
}

function isInside(cell: Cell, group: Group): boolean {
  return group.every(([attribute, value]) => cell.group.some(([name, own]) => name === attribute && own === value))
}
