import { findRoot } from './find-root.js'

/** Moves an interval's bound towards `end` until a test rejects there: while `excess` is not positive, the test does not.
 *  Returns the bound itself if the test already rejects at it, and `end` if it never does.
 *  @example moveOutward((x) => -1 - x, 0, -20)  // -1 */
export function moveOutward(excess: (hypothesis: number) => number, bound: number, end: number): number {
  if (excess(bound) > 0) return bound
  if (!(excess(end) > 0)) return end
  return findRoot(excess, bound, end)
}
