import type { Interval } from '../statistics/proportion.js'
import type { BoundedValue, CaseReason } from '../types/gate.js'

/** A number with the interval that decides, as an audit writes it: no Infinity, and a reason for each null. */
export function bounded(value: number | CaseReason, interval: Interval | CaseReason): BoundedValue {
  return {
    ...(typeof value === 'number' ? { value } : { value: null, valueReason: value }),
    ...(typeof interval === 'string'
      ? { bounds: null, boundsReason: interval }
      : interval.high === Infinity
        ? { bounds: [interval.low, null], unbounded: true }
        : { bounds: [interval.low, interval.high] }),
  }
}
