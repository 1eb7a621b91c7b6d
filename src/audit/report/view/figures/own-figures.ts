import type { FigureRow, FigureTable, OwnFigure } from '../../../types/figures.js'

/** Columns that can be drawn on one axis: shares, or else all that have the unit of the first column that is no count and no p. */
export function drawnColumns({ columns }: FigureTable): number[] {
  const first = columns.find(({ unit }) => unit !== 'count' && unit !== 'p')?.unit
  return columns.flatMap(({ unit }, place) => (unit === first ? [place] : []))
}

/** Rows of ours: published ones are read, not drawn. */
export function ownRows({ rows }: FigureTable): { readonly row: FigureRow; readonly place: number }[] {
  return rows.map((row, place) => ({ row, place })).filter(({ row }) => !row.key.startsWith('published/'))
}

/** A figure of ours that has a value. */
export function ownValue(row: FigureRow, column: number): (OwnFigure & { readonly value: number }) | null {
  const figure = row.figures[column]
  return figure?.kind === 'own' && figure.value !== null ? { ...figure, value: figure.value } : null
}
