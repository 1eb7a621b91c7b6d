import type { Pace, Range } from '../types/forecast.js'

/** So many of something were done in so many seconds, since the lap before. */
export type Lap = { readonly done: number; readonly seconds: number }

const LEAST_DOUBT = 0.1 // of the pace: a machine that gets warm, or is shared, is slower later than in its first seconds
const STANDARD_ERRORS = 2

/**
 * The pace of a measurement and how far it may be off: twice the standard error of the laps' own paces, and at least a tenth. The first of several
 * laps is left out: it fills the pipeline. Null where nothing was done in the others.
 */
export function paceOf(laps: readonly Lap[]): Pace | null {
  const counted = laps.slice(laps.length > 1 ? 1 : 0).filter(({ done, seconds }) => done > 0 && seconds > 0)
  const timed = sum(counted.map(({ done }) => done))
  const seconds = sum(counted.map((lap) => lap.seconds))
  if (counted.length === 0) return null
  const middle = timed / seconds
  const doubt = Math.max(LEAST_DOUBT * middle, STANDARD_ERRORS * standardError(counted, middle))
  return { timed, perSecond: { low: Math.max(middle - doubt, middle / 2), middle, high: middle + doubt } }
}

/** Seconds that so many more take at a pace. */
export function secondsAt({ perSecond }: Pace, count: number): Range {
  return { low: count / perSecond.high, middle: count / perSecond.middle, high: count / perSecond.low }
}

function standardError(laps: readonly Lap[], middle: number): number {
  if (laps.length < 2) return 0
  const squares = sum(laps.map(({ done, seconds }) => (done / seconds - middle) ** 2))
  return Math.sqrt(squares / (laps.length - 1) / laps.length)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
