import { wolfeStep, type LinePoint } from './wolfe-step.js'

/** A smooth function of several numbers: writes its gradient into the second array and returns its value. */
export type SmoothFunction = (point: Float64Array, gradient: Float64Array) => number

export type Descent = {
  /** Pairs of steps and changes of the gradient that are remembered. */
  readonly memory?: number
  readonly mostIterations?: number
  /** Done when no part of the gradient is larger. */
  readonly tolerance?: number
  /** Turns a vector, in place, into about what the inverse of the second derivatives makes of it; its factor does not matter. The nearer it is,
   *  the fewer iterations are needed. Default: nothing is known. */
  readonly precondition?: (vector: Float64Array) => void
}

export type Minimum = {
  readonly point: Float64Array
  readonly value: number
  /** Largest absolute part of the gradient there. */
  readonly gradient: number
  readonly iterations: number
  /** False: the iterations ran out, or no step went down any more, before the gradient was small. */
  readonly converged: boolean
}

/** Goes down a smooth function from `start` until its gradient is small: limited-memory BFGS with a strong Wolfe line search. Equal inputs give
 *  equal results to the last bit; `start` is not changed. For a convex function the place is its minimum. The function must be finite at `start`.
 *  Source: Liu and Nocedal 1989; Nocedal and Wright 2006, Numerical Optimization, algorithm 7.5.
 *  @example lbfgs(([x], gradient) => ((gradient[0] = 2 * (x - 3)), (x - 3) ** 2), Float64Array.of(0)).point  // [3.000] */
export function lbfgs(
  f: SmoothFunction,
  start: Float64Array,
  { memory = 10, mostIterations = 1000, tolerance = 1e-4, precondition }: Descent = {},
): Minimum {
  let point = start.slice()
  let gradient = new Float64Array(point.length)
  let value = f(point, gradient)
  if (!Number.isFinite(value)) throw new RangeError(`lbfgs expected a finite value at the start but received ${value}`)
  let nextPoint = new Float64Array(point.length)
  let nextGradient = new Float64Array(point.length)
  let remembered: Curvature[] = []
  let iterations = 0
  while (largest(gradient) > tolerance && iterations < mostIterations) {
    const direction = downhill(gradient, remembered, precondition)
    const along = (step: number): LinePoint => {
      for (let i = 0; i < point.length; i++) nextPoint[i] = point[i] + step * direction[i]
      const there = f(nextPoint, nextGradient)
      return { step, value: Number.isFinite(there) ? there : Infinity, slope: dot(nextGradient, direction) }
    }
    const slope = dot(gradient, direction)
    // where nothing says how far to go: no further than a length of 1
    const isKnown = remembered.length > 0 || precondition !== undefined
    const first = isKnown ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)))
    const taken = slope < 0 ? wolfeStep(along, { value, slope }, first) : null
    if (taken === null) {
      if (remembered.length === 0) break
      remembered = [] // what is remembered misleads: once more along the gradient itself
      continue
    }
    const curvature = curvatureOf(difference(nextPoint, point), difference(nextGradient, gradient), precondition)
    if (curvature !== null) remembered = [...remembered, curvature].slice(-memory)
    ;[point, nextPoint] = [nextPoint, point]
    ;[gradient, nextGradient] = [nextGradient, gradient]
    value = taken.value
    iterations++
  }
  const steepest = largest(gradient)
  return { point, value, gradient: steepest, iterations, converged: steepest <= tolerance }
}

/** One step and what it did to the gradient. */
type Curvature = {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly inverse: number
  readonly scale: number
}

/** null where the function does not bend upwards along the step: that would not be a distance. */
function curvatureOf(
  step: Float64Array,
  change: Float64Array,
  precondition: Descent['precondition'],
): Curvature | null {
  const bend = dot(step, change)
  const preconditioned = change.slice()
  precondition?.(preconditioned)
  const squares = dot(change, preconditioned)
  if (!(bend > Number.EPSILON * squares)) return null
  return { step, change, inverse: 1 / bend, scale: bend / squares }
}

/** The direction in which the remembered curvatures say that the minimum lies (two-loop recursion). */
function downhill(
  gradient: Float64Array,
  remembered: readonly Curvature[],
  precondition: Descent['precondition'],
): Float64Array {
  const direction = gradient.map((part) => -part)
  const parts = new Float64Array(remembered.length)
  for (let i = remembered.length - 1; i >= 0; i--) {
    parts[i] = remembered[i].inverse * dot(remembered[i].step, direction)
    add(direction, -parts[i], remembered[i].change)
  }
  precondition?.(direction)
  const { scale } = remembered.at(-1) ?? { scale: 1 }
  for (let i = 0; i < direction.length; i++) direction[i] *= scale
  remembered.forEach(({ step, change, inverse }, i) =>
    add(direction, parts[i] - inverse * dot(change, direction), step),
  )
  return direction
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function add(to: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * vector[i]
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((part, i) => part - b[i])
}

function largest(vector: Float64Array): number {
  return vector.reduce((most, part) => Math.max(most, Math.abs(part)), 0)
}
