import type { Interval } from './proportion.js'

/** An estimate with its interval. */
export type EstimateWithInterval = { readonly value: number; readonly interval: Interval }

/** Interval for the difference of two independent estimates, first minus second, from an interval of each (MOVER: the method
 *  of variance estimates recovery). Has the level of the two intervals. Used for differences in differences.
 *  Throws RangeError unless both intervals are finite and hold their estimate. Source: Zou & Donner 2008.
 *  @example moverDifference({ value: 0.5, interval: { low: 0.2, high: 0.6 } }, { value: 0.1, interval: { low: 0, high: 0.5 } }) // { value: 0.4, interval: { low: -0.1, high: 0.541 } } */
export function moverDifference(first: EstimateWithInterval, second: EstimateWithInterval): EstimateWithInterval {
  requireInterval(first)
  requireInterval(second)
  const value = first.value - second.value
  return {
    value,
    interval: {
      low: value - Math.hypot(first.value - first.interval.low, second.interval.high - second.value),
      high: value + Math.hypot(first.interval.high - first.value, second.value - second.interval.low),
    },
  }
}

function requireInterval({ value, interval }: EstimateWithInterval): void {
  const { low, high } = interval
  if (!(-Infinity < low && low <= value && value <= high && high < Infinity)) {
    throw new RangeError(
      `moverDifference expected a finite interval that holds its estimate but received ${value} in ${low} to ${high}`,
    )
  }
}
