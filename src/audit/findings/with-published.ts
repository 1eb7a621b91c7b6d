import type { TableDraft } from '../measures/measure-kind.js'
import type { Facts, ProbeFacts } from '../types/facts.js'
import type { Figure, FigureRow, OwnFigure, PrintedFigure, PublishedGrid } from '../types/figures.js'

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
type Status = Pick<PrintedFigure, 'status' | 'statusReason'>

/** By the rule of published-figures.md: `reproduces` if some value that prints as the figure lies inside our 95 % interval on the
 *  same images, crop and wording; `differs` if none does; else not comparable, with the reason. Simulated data have no status. */
function statusOf(text: string, ours: Figure | null, { grid, draft, facts }: Beside): Status {
  if (facts.simulated) return { status: null, statusReason: 'simulated' }
  const reason = whyNot({ grid, draft, facts })
  if (reason !== null) return { status: 'not-comparable', statusReason: reason }
  if (ours?.kind !== 'own' || !hasInterval(ours))
    return { status: 'not-comparable', statusReason: 'no figure of ours stands beside it' }
  const [low, high] = rangeOf(text, grid.unit)
  return { status: high >= ours.interval[0] && low <= (ours.interval[1] ?? Infinity) ? 'reproduces' : 'differs' }
}

function whyNot({ grid, draft, facts }: Beside): string | null {
  if (grid.neverComparable !== null) return grid.neverComparable
  const labelSet = facts.labelSets.find(({ id }) => id === draft.labelSet)
  if (labelSet?.promptsSha256 !== grid.conditions?.promptsSha256) return 'other wording of the prompts'
  if (facts.dataset.crop === null) return 'crop not stated'
  return facts.dataset.crop === grid.conditions?.crop ? null : 'other crop'
}

type Located = OwnFigure & { readonly interval: NonNullable<OwnFigure['interval']> }

function hasInterval(figure: OwnFigure): figure is Located {
  return figure.interval !== undefined && figure.interval !== null
}

/** All values that would print as the figure: 14.4 percent is anything from 0.1435 to 0.1445. */
function rangeOf(text: string, unit: PublishedGrid['unit']): readonly [number, number] {
  const decimals = text.split('.')[1]?.length ?? 0
  const half = 0.5 / 10 ** decimals
  const scale = unit === 'percent' ? 100 : 1
  return [(Number(text) - half) / scale, (Number(text) + half) / scale]
}
