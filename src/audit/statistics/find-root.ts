const MOST_STEPS = 200 // halving alone needs about 60 here, interpolation 8 to 15
const ABSOLUTE_TOLERANCE = 1e-16 // below this a bound is zero for every purpose; above it the relative tolerance rules
const RELATIVE_TOLERANCE = 2 * Number.EPSILON

/** The place between `start` and `end` where a continuous function changes sign, to the last few bits.
 *  Inverse quadratic interpolation where it is safe, halving where it is not; infinite values of the function are allowed.
 *  Throws RangeError if the function has the same sign at both ends.
 *  Source: Chandrupatla 1997, "A new hybrid quadratic/bisection algorithm".
 *  @example findRoot((x) => x * x - 2, 0, 2)  // 1.414213562373095 */
export function findRoot(f: (x: number) => number, start: number, end: number): number {
  // single numbers and no arrays of them: an audit asks for a hundred thousand values, and arrays are what then costs
  let a = start
  let b = end
  let fa = f(a)
  let fb = f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(Math.sign(fa) * Math.sign(fb) < 0)) {
    throw new RangeError(`findRoot expected a change of sign between ${start} and ${end} but received ${fa} and ${fb}`)
  }
  let part = 0.5 // how far from a towards b the next try lies
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = a + part * (b - a)
    const fx = f(x)
    const sameSide = Math.sign(fx) === Math.sign(fa)
    const c = sameSide ? a : b
    const fc = sameSide ? fa : fb
    if (!sameSide) {
      b = a
      fb = fa
    }
    a = x
    fa = fx
    const best = Math.abs(fb) < Math.abs(fa) ? b : a
    const smallest = (RELATIVE_TOLERANCE * Math.abs(best) + ABSOLUTE_TOLERANCE) / Math.abs(b - a)
    if (fa === 0 || smallest > 0.5) return best
    part = 0.5
    // interpolates where the three points are known to bend gently; with infinite values the test is false and halving follows
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      part = (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
    }
    part = Math.min(1 - smallest, Math.max(smallest, part))
  }
  return Math.abs(fb) < Math.abs(fa) ? b : a
}
