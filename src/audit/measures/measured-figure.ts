import type { IntervalMethod, OwnFigure } from '../types/figures.js'
import type { MeasuredValue } from '../types/observed/observed.js'

/** A figure that was computed while the vectors were there, for a table. */
export function measuredFigure(
  { value, reason, interval, intervalReason, chance }: MeasuredValue,
  method: IntervalMethod = 'bootstrap',
): OwnFigure {
  if (value === null) return { kind: 'own', value, reason: reason ?? 'no-variation' }
  return {
    kind: 'own',
    value,
    ...(interval === undefined || interval === null ? {} : { interval, method }),
    ...(intervalReason === undefined ? {} : { interval: null, intervalReason }),
    ...(chance === undefined ? {} : { chance }),
  }
}
