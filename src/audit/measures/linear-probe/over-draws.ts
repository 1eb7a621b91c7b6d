import type { OwnFigure } from '../../types/figures.js'

/** The mean over draws with the lowest and the highest. One draw that is undefined, such as that of a group without images, makes all undefined. */
export function overDraws(figures: readonly OwnFigure[]): OwnFigure {
  const missing = figures.find(({ value }) => value === null)
  if (missing !== undefined || figures.length === 1) return missing ?? figures[0]
  const values = figures.map(({ value }) => value ?? 0)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { kind: 'own', value: mean, interval: [Math.min(...values), Math.max(...values)], method: 'range' }
}
