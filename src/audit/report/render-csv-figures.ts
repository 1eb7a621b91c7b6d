import type { AuditResult } from '../types/audit.js'
import type { Figure, FigureRow } from '../types/figures.js'
import { ageText, groupText } from './csv-cells.js'
import { csvText, type CsvCell } from './csv.js'
import type { Words } from './words.js'
import { labelKey } from './label-codes.js'
import { rowName } from './view/figures/probe-tables.js'

const COLUMNS = [
  'simulated',
  'probe',
  'evidence',
  'label_set',
  'table',
  'row',
  'row_name',
  'column',
  'unit',
  'value',
  'undefined',
  'count',
  'total',
  'low',
  'high',
  'interval_method',
  'chance_centre',
  'chance_percentile_95',
  'p',
  'printed',
  'status',
]

/** Every figure of every table, one a row, unrounded; published ones as they are printed. Empty where no probe makes tables. */
export function figuresCsv(words: Words): { name: string; text: string }[] {
  const { audit } = words
  const { tables } = audit.derived
  if (tables.length === 0) return []
  const rows = tables.flatMap(({ probe, evidence, labelSet, key, columns, rows: all }) =>
    all.flatMap((row) =>
      row.figures.flatMap((figure, place): CsvCell[][] => {
        const column = columns[place]
        if (figure.kind === 'blank' || column === undefined) return []
        const place_ = [
          audit.facts.simulated,
          probe,
          evidence ?? '',
          labelSet ?? '',
          key,
          ageText(rowKey(row, audit)),
          csvName(row, words),
        ]
        return [[...place_, column.key, column.unit, ...figureCells(figure)]]
      }),
    ),
  )
  return [{ name: 'figures.csv', text: csvText(COLUMNS, rows) }]
}

/** Keys have their parts between slashes; a part may be the id of a label. */
function rowKey({ key }: FigureRow, audit: AuditResult): string {
  return key
    .split('/')
    .map((part) => labelKey(part, audit))
    .join('/')
}

function csvName(row: FigureRow, words: Words): string {
  return row.name.kind === 'group' ? groupText(row.name.group) : ageText(rowName(row, words))
}

function figureCells(figure: Exclude<Figure, { kind: 'blank' }>): CsvCell[] {
  if (figure.kind === 'printed') return [...Array<CsvCell>(10).fill(''), figure.text, figure.status ?? '']
  const { value, reason, count, total, interval, intervalReason, method, chance } = figure
  return [
    value,
    reason ?? intervalReason ?? '',
    count ?? '',
    total ?? '',
    interval?.[0] ?? '',
    interval?.[1] ?? '',
    method ?? '',
    chance?.centre ?? '',
    chance?.percentile95 ?? '',
    chance?.p ?? '',
    '',
    '',
  ]
}
