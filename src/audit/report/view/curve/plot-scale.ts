import { scaleLinear } from 'd3-scale'
import type { CurveRecord } from '../../../types/curve.js'

/** Differences to CSS pixels, down the drawing. One scale serves all groups of a question, so that their curves compare. */
export type PlotScale = {
  readonly height: number
  /** Pixels from the top, held inside the drawing, with one decimal. */
  readonly y: (share: number) => number
  readonly ticks: readonly number[]
}

const EDGE = 10 // room for half a mark, and for half a tick's label

/** A scale over everything that is judged; intervals of groups too small for a verdict may run out of it. null where there is nothing. */
export function plotScale(records: readonly CurveRecord[], margin: number, height: number): PlotScale | null {
  const judged = records.filter(({ verdicts }) => verdicts.some((verdict) => verdict !== 'insufficient'))
  const shown = (judged.length > 0 ? judged : records).flatMap(({ differences, intervals }) => [
    ...differences.filter((difference) => difference !== null),
    ...intervals.flatMap((interval) => interval ?? []),
  ])
  if (shown.length === 0) return null
  const lowest = shown.reduce((a, b) => Math.min(a, b), -margin * 1.5)
  const highest = shown.reduce((a, b) => Math.max(a, b), margin * 1.5)
  const scale = scaleLinear([lowest, highest], [height - EDGE, EDGE])
  const inside = (pixels: number): number => Math.min(height, Math.max(0, pixels))
  return { height, y: (share) => Math.round(inside(scale(share)) * 10) / 10, ticks: scale.ticks(height > 150 ? 6 : 3) }
}
