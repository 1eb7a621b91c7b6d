import { parityNull } from '../statistics/parity-null.js'
import { createRandom } from '../statistics/random.js'
import type { CalibrationRow } from '../types/calibration.js'
import type { CalibrationDesign } from './design.js'
import { calibrationRow } from './row.js'

const COMMON_RATE = 0.05
const FAMILIES_PER_AUDIT = 10 // one family of groups is quickly drawn; a whole audit is not
const DRAWS = 99 // so that every hundredth is a possible p
const FEWEST_IMAGES = 2 // of a group, for the measures of spread to be defined
const LARGEST_DISTANCE = 0.02
const DISTANCE_BY_CHANCE = 2.5 // over the root of the families: one simulation in 100,000 is further off by chance

/** Whether "what chance alone gives" is right: where groups do not differ, a small p must not come too often, and at large sizes its p
 *  must be spread evenly from 0 to 1. With few images many draws tie, ties count as reaching, and p is larger than even. */
export function permutationTask(design: CalibrationDesign): () => CalibrationRow[] {
  return () => {
    const groups = design.recoveryGroups.filter(({ images }) => images >= FEWEST_IMAGES)
    if (groups.length < 2) return []
    const random = createRandom(design.seed, `calibrate/permutation/rate=${COMMON_RATE}`)
    const families = design.audits * FAMILIES_PER_AUDIT
    const pValues = Array.from({ length: families }, () => {
      const drawn = groups.map(({ images }) => ({ count: random.binomial(images, COMMON_RATE), total: images }))
      return parityNull({ groups: drawn, draws: DRAWS, random }).gap.p
    })
    const { above, distance } = distanceFromEven(pValues)
    const about = {
      isMain: true,
      images: groups.map(({ images }) => images),
      rates: [COMMON_RATE],
      unit: 'distance' as const,
      error: 1 / Math.sqrt(families),
    }
    const target = { low: null, high: Math.max(LARGEST_DISTANCE, DISTANCE_BY_CHANCE / Math.sqrt(families)) }
    return [
      calibrationRow({ what: 'permutation.small', ...about, measured: above, target }),
      calibrationRow({
        what: 'permutation.uniform',
        ...about,
        measured: distance,
        target: design.isReference ? target : null,
      }),
    ]
  }
}

/** Kolmogorov's distance of p-values, each some number of hundredths, from an even spread over the hundredths; `above` counts only
 *  where small ones come too often.
 *  @example distanceFromEven([0.01, 0.01, 1])  // { above: 0.657, distance: 0.657 } */
export function distanceFromEven(pValues: readonly number[]): { readonly above: number; readonly distance: number } {
  const seen = new Float64Array(DRAWS + 1)
  for (const p of pValues) seen[Math.round(p * (DRAWS + 1)) - 1]++
  let [smaller, above, distance] = [0, 0, 0]
  seen.forEach((count, place) => {
    smaller += count
    const excess = smaller / pValues.length - (place + 1) / (DRAWS + 1)
    above = Math.max(above, excess)
    distance = Math.max(distance, Math.abs(excess))
  })
  return { above, distance }
}
