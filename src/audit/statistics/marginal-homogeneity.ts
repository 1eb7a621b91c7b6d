import { requireFlowMatrix, type FlowMatrix } from './flow-matrix.js'

/** What Stuart-Maxwell's test and its permutation share. */
export type MarginalHomogeneity = {
  /** Images of each category in the first run minus those in the second. */
  readonly differences: readonly number[]
  /** The statistic of any such differences, at the observed numbers of images that moved between two categories. */
  readonly statisticOf: (differences: readonly number[]) => number
  readonly degreesOfFreedom: number
  /** Sets of categories between which images moved; more than one makes Stuart-Maxwell's covariance singular. */
  readonly sets: number
  /** Categories that no image left or entered. */
  readonly droppedCategories: number[]
}

/** Prepares the statistic of marginal homogeneity, d'S⁻¹d: d the differences, S their covariance if every image that moved
 *  could as well have moved back. Where no image moved between sets of categories, their statistics add up.
 *  Cost: cubic in the number of categories once, quadratic for each statistic.
 *  Throws RangeError that names `caller` unless the matrix is square with whole counts from 0 and at least one image moved. */
export function marginalHomogeneity(caller: string, flow: FlowMatrix): MarginalHomogeneity {
  requireFlowMatrix(caller, flow)
  const exchanged = flow.map((row, i) => row.map((images, j) => (i === j ? 0 : images + flow[j][i])))
  const isStill = exchanged.map((row) => row.every((images) => images === 0))
  const steps = eliminate(exchanged)
  if (steps.length === 0) {
    throw new RangeError(`${caller} expected at least one image that changes its category but received none`)
  }
  return {
    differences: flow.map((row, i) => row.reduce((sum, images, j) => sum + images - flow[j][i], 0)),
    statisticOf: (differences) => statisticBy(steps, differences),
    degreesOfFreedom: steps.length,
    sets: isStill.filter((still) => !still).length - steps.length,
    droppedCategories: [...isStill.keys()].filter((category) => isStill[category]),
  }
}

/** One category taken out: its images that moved, and the share of them exchanged with each later category. */
type Step = { readonly category: number; readonly images: number; readonly shares: Float64Array }

/** Gaussian elimination of S without its subtractions: S has minus the exchanged images beside the diagonal and their sums on
 *  it, and taking a category out leaves such a matrix again, in which the others exchange what they exchanged through it.
 *  So everything stays positive, and no digit is lost where two categories exchange far more than the others. The last
 *  category of each set has nothing left to exchange: the others determine it. */
function eliminate(exchanged: readonly (readonly number[])[]): Step[] {
  const rest = exchanged.map((row) => Float64Array.from(row))
  const steps: Step[] = []
  for (const [category, row] of rest.entries()) {
    row.fill(0, 0, category + 1) // earlier categories are passed on already, and nobody exchanges with itself
    const images = row.reduce((sum, part) => sum + part, 0)
    if (images === 0) continue
    const shares = row.map((part) => part / images)
    for (let i = category + 1; i < rest.length; i++) {
      for (let j = category + 1; j < rest.length; j++) rest[i][j] += shares[i] * row[j]
    }
    steps.push({ category, images, shares })
  }
  return steps
}

function statisticBy(steps: readonly Step[], differences: readonly number[]): number {
  const rest = Float64Array.from(differences)
  let statistic = 0
  for (const { category, images, shares } of steps) {
    const difference = rest[category]
    statistic += (difference * difference) / images
    for (let other = category + 1; other < rest.length; other++) rest[other] += difference * shares[other]
  }
  return statistic
}
