import type { TableDraft } from '../measures/measure-kind.js'
import type { Facts, ProbeFacts } from '../types/facts.js'
import type { Figure, FigureRow, PublishedGrid } from '../types/figures.js'
import { printedRange, statusOfFigure, whyNotComparable, type PublishedStatus } from './published-rule.js'

/** A table of ours with the rows of every published table that stands beside it, each figure with its computed status. */
export function withPublished(draft: TableDraft, probe: ProbeFacts, facts: Facts): TableDraft {
  const grids = probe.publishedTables.filter(({ beside }) => beside === draft.key)
  const rows = grids.flatMap((grid) => grid.rows.map((_, index) => rowOf(grid, index, draft, facts)))
  return rows.length === 0 ? draft : { ...draft, rows: [...draft.rows, ...rows] }
}

function rowOf(grid: PublishedGrid, index: number, draft: TableDraft, facts: Facts): FigureRow {
  const row = grid.rows[index]
  const ours = draft.rows.find(({ key }) => row.against === null || key === row.against)
  return {
    key: `published/${grid.id}/${index + 1}`,
    name: { kind: 'text', text: `${row.name} (${grid.source})` },
    figures: draft.columns.map(({ key }, place): Figure => {
      const text = row.figures[grid.columns.indexOf(key)] ?? null
      if (text === null) return { kind: 'blank' }
      return { kind: 'printed', text, ...statusOf(text, ours?.figures[place] ?? null, { grid, draft, facts }) }
    }),
  }
}

type Beside = { readonly grid: PublishedGrid; readonly draft: TableDraft; readonly facts: Facts }

/** Only shares with their counts are compared: for other figures a source prints no interval rule that could be held against ours. */
function statusOf(text: string, ours: Figure | null, { grid, draft, facts }: Beside): PublishedStatus {
  if (facts.simulated) return { status: null, statusReason: 'simulated' }
  const reason = whyNotComparable(facts, grid, draft.labelSet)
  if (reason !== null) return { status: 'not-comparable', statusReason: reason }
  if (ours?.kind !== 'own' || ours.count === undefined || ours.total === undefined || grid.unit !== 'percent') {
    return { status: 'not-comparable', statusReason: 'no share of ours stands beside it' }
  }
  return statusOfFigure(printedRange(text), { count: ours.count, total: ours.total })
}
