import type { FlowMatrix } from './flow-matrix.js'
import { marginalHomogeneity } from './marginal-homogeneity.js'
import type { Random } from './random.js'

const TIE_TOLERANCE = 1e-12 // draws that equal the statistic up to rounding count as reaching it

/** Marginal homogeneity by permutation: every image that changed its category is as likely to have changed the other way.
 *  For flow that Stuart-Maxwell's chi-squared cannot take: few images, or sets of categories without flow between them (their
 *  statistics are added). p = (draws that reach the statistic + 1) / (draws + 1), so never 0.
 *  Throws RangeError unless the matrix is square with whole counts from 0, at least one image changed its category, and
 *  `draws` is a whole number from 1. Source: Phipson & Smyth 2010 (p); Maxwell 1970 (statistic).
 *  @example stuartMaxwellPermutation([[0, 6], [0, 0]], { draws: 9999, random }).p  // near 2/64 */
export function stuartMaxwellPermutation(
  flow: FlowMatrix,
  { draws, random }: { readonly draws: number; readonly random: Random },
): { readonly statistic: number; readonly p: number; readonly droppedCategories: number[] } {
  if (!Number.isSafeInteger(draws) || draws < 1) {
    throw new RangeError(`stuartMaxwellPermutation expected a whole number of draws from 1 but received ${draws}`)
  }
  const { differences, statisticOf, droppedCategories } = marginalHomogeneity('stuartMaxwellPermutation', flow)
  const statistic = statisticOf(differences)
  const moves = pairsWithFlow(flow)
  let reached = 0
  for (let draw = 0; draw < draws; draw++) {
    const drawn = flow.map(() => 0)
    for (const { one, other, images } of moves) {
      const surplus = 2 * random.binomial(images, 0.5) - images
      drawn[one] += surplus
      drawn[other] -= surplus
    }
    if (statisticOf(drawn) >= statistic * (1 - TIE_TOLERANCE)) reached++
  }
  return { statistic, p: (reached + 1) / (draws + 1), droppedCategories }
}

/** Pairs of categories and how many images moved between them, either way. */
function pairsWithFlow(flow: FlowMatrix): { one: number; other: number; images: number }[] {
  return flow
    .flatMap((row, one) => row.map((images, other) => ({ one, other, images: images + flow[other][one] })))
    .filter(({ one, other, images }) => one < other && images > 0)
}
