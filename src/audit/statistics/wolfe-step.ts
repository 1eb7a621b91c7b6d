/** A function along a line: its value at a step, and its slope there. */
export type LinePoint = { readonly step: number; readonly value: number; readonly slope: number }

const SUFFICIENT = 1e-4 // share of the promised decrease that a step must bring
const FLATTENED = 0.9 // the slope must lose a tenth of its size: loose, as quasi-Newton steps want it
const MOST_WIDENINGS = 20 // steps double: a million times the first is no longer a step
const MOST_NARROWINGS = 40 // an interval halved so often is below the last bit of any step
const EDGE = 0.1 // interpolated steps keep this share of the interval from its ends, or they would creep along one of them
const NOISE = 1e-13 // relative; sums over many images carry rounding of this size, and below it only slopes tell where it goes down

/** A step along a line that goes down and flattens out: the strong Wolfe conditions, on which quasi-Newton methods rest. Values that differ by
 *  rounding alone count as equal: near a minimum slopes are still exact when values are not. null where no step is found. `along` is
 *  called last at the step that is returned. `start` is the line at step 0; throws RangeError unless it goes down there and `first` is above 0.
 *  Source: Nocedal and Wright 2006, Numerical Optimization, algorithms 3.5 and 3.6; Hager and Zhang 2005 on rounding.
 *  @example wolfeStep((step) => ({ step, value: (step - 2) ** 2, slope: 2 * (step - 2) }), { value: 4, slope: -4 }, 1)?.step  // 1 */
export function wolfeStep(
  along: (step: number) => LinePoint,
  start: Omit<LinePoint, 'step'>,
  first: number,
): LinePoint | null {
  if (!(start.slope < 0) || !(first > 0)) {
    throw new RangeError(
      `wolfeStep expected a line that goes down and a step above 0 but received ${start.slope} and ${first}`,
    )
  }
  const noise = NOISE * Math.abs(start.value)
  const wanted: Wanted = {
    noise,
    isLow: ({ step, value }) => value <= start.value + SUFFICIENT * step * start.slope + noise,
    isFlat: ({ slope }) => Math.abs(slope) <= -FLATTENED * start.slope,
  }
  let before: LinePoint = { step: 0, ...start }
  let step = first
  for (let widening = 0; widening < MOST_WIDENINGS; widening++) {
    const here = along(step)
    if (!wanted.isLow(here) || here.value > before.value + noise) return narrowed(along, before, here, wanted)
    if (wanted.isFlat(here)) return here
    if (here.slope >= 0) return narrowed(along, here, before, wanted)
    before = here
    step *= 2
  }
  return null
}

type Wanted = {
  readonly noise: number
  readonly isLow: (point: LinePoint) => boolean
  readonly isFlat: (point: LinePoint) => boolean
}

/** Narrows an interval that holds such a step. `low` is its end with the lower value; the line goes down from there towards the other. */
function narrowed(
  along: (step: number) => LinePoint,
  low: LinePoint,
  other: LinePoint,
  { noise, isLow, isFlat }: Wanted,
): LinePoint | null {
  for (let narrowing = 0; narrowing < MOST_NARROWINGS; narrowing++) {
    const step = between(low, other, noise)
    if (step === low.step || step === other.step) break // no number lies between them
    const here = along(step)
    if (!isLow(here) || here.value > low.value + noise) other = here
    else {
      if (isFlat(here)) return here
      if (here.slope * (other.step - low.step) >= 0) other = low
      low = here
    }
  }
  return low.step > 0 ? along(low.step) : null // lower than the start, if not flat: better than to give up
}

/** The lowest place of the cubic with these values and slopes, or where the slope is 0 if the values are equal but for rounding; kept away from
 *  both ends, and the middle where there is no such place. */
function between(a: LinePoint, b: LinePoint, noise: number): number {
  const part = Math.abs(a.value - b.value) <= noise ? a.slope / (a.slope - b.slope) : lowestOfCubic(a, b)
  return a.step + (b.step - a.step) * (Number.isFinite(part) ? Math.min(1 - EDGE, Math.max(EDGE, part)) : 0.5)
}

function lowestOfCubic(a: LinePoint, b: LinePoint): number {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step)
  const d2 = Math.sign(b.step - a.step) * Math.sqrt(d1 * d1 - a.slope * b.slope)
  return 1 - (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
}
