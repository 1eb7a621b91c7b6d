import { areaView } from './area-view.js'
import { VIEWS } from './image-hashes.js'
import { THUMBNAIL_SIDE, WHOLE, type Window } from './thumbnail.js'

const SIDE = 32 // fine enough to tell two portraits in front of one flag apart, coarse enough not to see compression
const HOPELESS = 0.84 // copies begin at 0.88 or more before they are aligned, wherever the 5 % were cut off
const STEPS = [1, 0.5, 0.25] // pixels of the thumbnail
const LEAST_KEPT = 0.9 * THUMBNAIL_SIDE // more than 5 % may be missing on one side after rounding; nothing smaller is looked for

/** How alike two thumbnails are once one is laid over the part of the other that it fits best: the correlation of their grey values, at most
 *  1. The part is looked for from the whole and from crops of 5 %, edge by edge, in either image. Two images that begin far apart are not
 *  aligned: their correlation is given as it is. */
export function alignedCorrelation(a: Uint8Array, b: Uint8Array): number {
  const [wholeA, wholeB] = [a, b].map((thumbnail) => standardised(areaView(thumbnail, WHOLE, SIDE, SIDE)))
  const partOf = (whole: Float64Array, other: Uint8Array) => (window: Window) =>
    product(whole, standardised(areaView(other, window, SIDE, SIDE)))
  return Math.max(bestPart(partOf(wholeA, b)), bestPart(partOf(wholeB, a)))
}

type Likeness = (window: Window) => number

function bestPart(likeness: Likeness): number {
  let [window, best] = [WHOLE, -1]
  for (const view of VIEWS) {
    const value = likeness(view)
    if (value > best) [window, best] = [view, value]
  }
  if (best < HOPELESS) return best
  for (const step of STEPS) [window, best] = climb(likeness, window, best, step)
  return best
}

/** Moves one edge at a time while that makes the two more alike. */
function climb(likeness: Likeness, from: Window, likenessThere: number, step: number): [Window, number] {
  let [window, best] = [from, likenessThere]
  for (let moved = true; moved;) {
    moved = false
    for (const next of neighbours(window, step)) {
      const value = likeness(next)
      if (value > best) [window, best, moved] = [next, value, true]
    }
  }
  return [window, best]
}

function neighbours({ left, top, width, height }: Window, step: number): Window[] {
  return [step, -step]
    .flatMap((by) => [
      { left: left + by, top, width: width - by, height },
      { left, top, width: width + by, height },
      { left, top: top + by, width, height: height - by },
      { left, top, width, height: height + by },
      { left: left + by, top, width, height },
      { left, top: top + by, width, height },
    ])
    .filter(isInside)
}

function isInside({ left, top, width, height }: Window): boolean {
  const fits = (start: number, length: number): boolean =>
    start >= 0 && start + length <= THUMBNAIL_SIDE && length >= LEAST_KEPT
  return fits(left, width) && fits(top, height)
}

/** Mean 0 and length 1; all 0 where every value is the same: a blank page is like nothing. */
function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const scale = squares > 1e-9 ? 1 / Math.sqrt(squares) : 0
  return values.map((value) => (value - mean) * scale)
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index]
  return sum
}
