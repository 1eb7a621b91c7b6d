import { contrastFamilies } from '../findings/contrast-families.js'
import { toFinding } from '../findings/to-finding.js'
import type { Bounds, Contrast } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import type { Verdict } from '../types/verdict.js'

/** What one audit says of one group: verdict and printed intervals. */
export type JudgedGroup = {
  readonly name: string
  /** Name of the group it was compared with; null: everyone else. */
  readonly reference: string | null
  readonly verdict: Verdict
  readonly rate: Bounds
  readonly difference: Bounds
  readonly ratio: Bounds
}

/** Runs an audit's own path from tallies to findings and reads what a report would print. The only file here that knows how
 *  findings look. Needs groups with at least one image. */
export function readVerdicts(facts: Facts): JudgedGroup[] {
  const { rates, contrasts } = contrastFamilies(facts)
  const rateById = new Map(rates.map((rate) => [rate.id, rate] as const))
  return contrasts.map((entry, index) => {
    const { contrast } = entry
    const [side, reference] = contrast.sides
    return {
      name: side.group[0][1],
      reference: reference.group === null ? null : reference.group[0][1],
      verdict: toFinding(entry, facts, rateById, index + 1).verdict,
      rate: printed(rateById.get(side.rate)?.interval, contrast),
      difference: printed(contrast.difference.interval, contrast),
      ratio: printed(contrast.ratio.interval, contrast),
    }
  })
}

function printed(bounds: Bounds | null | undefined, { id }: Contrast): Bounds {
  if (bounds === null || bounds === undefined) throw new RangeError(`contrast ${id} has an interval that is not there`)
  return bounds
}
