import type { FigureRow, FigureTable } from '../../../types/figures.js'
import { shownLabel } from '../../label-codes.js'
import { evidenceName, groupName, hasSeveralModels, printable, probeName, saidText } from '../../names.js'
import type { Words } from '../../words.js'
import { barChart, type BarChart } from './bar-chart.js'
import { figureCell, type FigureCell } from './figure-cell.js'
import { intervalChart, type IntervalChart } from './interval-chart.js'
import { lineChart, type LineChart } from './line-chart.js'
import { worded } from './wording.js'

/** The tables of one probe, with how they are read. */
export type ProbeTables = {
  readonly id: string
  readonly probe: string
  readonly question: string
  readonly howToRead: readonly string[]
  readonly cannotShow: readonly string[]
  readonly tables: readonly FigureTableView[]
}

export type FigureTableView = {
  readonly id: string
  readonly caption: string
  /** The label set, and the model where there are several; empty where the table belongs to none. */
  readonly of: string
  readonly rowHeading: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly name: string
    readonly isPublished: boolean
    readonly cells: readonly FigureCell[]
  }[]
  readonly notes: readonly string[]
  /** Why published rows have no status; each reason once. */
  readonly publishedNotes: readonly string[]
  /** At most one of the three. */
  readonly bars: BarChart | null
  readonly line: LineChart | null
  readonly dots: IntervalChart | null
  /** More rows than a screen holds stay closed until asked for. */
  readonly isLong: boolean
  readonly summary: string
}

const MOST_OPEN_ROWS = 24

/** What every probe found that makes tables of its own, in the order of the audit. */
export function probeTables(words: Words): readonly ProbeTables[] {
  const { facts, derived } = words.audit
  return facts.probes
    .map((probe, index) => ({
      id: `p${index}`,
      probe: probeName(probe.id, words.locale),
      question: saidText(probe.question, words.locale),
      howToRead: probe.howToRead.map((sentence) => saidText(sentence, words.locale)),
      cannotShow: probe.cannotShow.map((sentence) => saidText(sentence, words.locale)),
      tables: derived.tables.filter((table) => table.probe === probe.id).map((table) => tableView(table, words)),
    }))
    .filter(({ tables }) => tables.length > 0)
}

function tableView(table: FigureTable, words: Words): FigureTableView {
  const caption = worded(table.title, words)
  const columns = table.columns.map(({ heading }) => worded(heading, words))
  const rows = table.rows.map((row) => ({
    name: rowName(row, words),
    isPublished: row.key.startsWith('published/'),
    cells: row.figures.map((figure, place) => figureCell(figure, table.columns[place]?.unit ?? 'number', words)),
  }))
  const id = `tb-${table.id}`
  const drawn = { id: `${id}-c`, title: caption, columns, names: rows.map(({ name }) => name) }
  return {
    id,
    caption,
    of: ofText(table, words),
    rowHeading: worded(table.rowHeading, words),
    columns,
    rows,
    notes: table.notes.map((note) => worded(note, words)),
    publishedNotes: publishedNotes(table),
    bars: table.chart === 'bars' ? barChart(table, drawn, words) : null,
    line: table.chart === 'line' ? lineChart(table, drawn, words) : null,
    dots: table.chart === 'dots' ? intervalChart(table, drawn, words) : null,
    isLong: rows.length > MOST_OPEN_ROWS,
    summary: words.locale.text('figures.summary', { caption, rows: words.numbers.count(rows.length) }),
  }
}

/** What the rows of a table are about, as words. */
export function rowName({ name }: FigureRow, words: Words): string {
  switch (name.kind) {
    case 'group':
      return groupName(name.group, words.locale)
    case 'text':
      return shownLabel(name.text, words)
    case 'wording':
      return worded(name.wording, words)
  }
}

function ofText({ evidence, labelSet }: FigureTable, { audit, locale }: Words): string {
  const model = evidence !== null && hasSeveralModels(audit) ? evidenceName(evidence, audit) : null
  const set = labelSet === null ? null : printable(labelSet)
  if (model !== null && set !== null) return locale.text('data.design', { labelSet: set, evidence: model })
  return set ?? model ?? ''
}

function publishedNotes({ rows }: FigureTable): string[] {
  const reasons = rows.flatMap(({ figures }) =>
    figures.flatMap((figure) =>
      figure.kind === 'printed' && figure.statusReason !== undefined ? [figure.statusReason] : [],
    ),
  )
  return [...new Set(reasons)].filter((reason) => reason !== 'simulated').map(printable)
}
