import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { OwnFigure } from '../types/figures.js'

/** A share as a figure of a table: count of total with its Wilson interval at level 1 - alpha; null `no-images` where the total is 0. */
export function shareFigure(
  { count, total }: { readonly count: number; readonly total: number },
  alpha: number,
): OwnFigure {
  if (total === 0) return { kind: 'own', value: null, reason: 'no-images', count, total }
  const { low, high } = wilsonInterval({ count, total }, alpha)
  return { kind: 'own', value: count / total, count, total, interval: [low, high], method: 'wilson' }
}

/** A number without an interval. */
export function numberFigure(value: number): OwnFigure {
  return { kind: 'own', value }
}
