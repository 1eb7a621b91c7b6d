import { chiSquaredUpperTail } from './chi-squared-upper-tail.js'

/** How many images were counted in the same ones of several runs: `pattern` has one entry for each run, in order. */
export type RunPattern = { readonly pattern: readonly boolean[]; readonly images: number }

/** Cochran's Q: do several runs (label sets, templates) on the same images count equally many of them? With two runs it is
 *  McNemar's chi-squared without continuity correction. Images that all runs treat alike carry no information and drop out.
 *  Throws RangeError unless all patterns have the same length of at least 2 and whole counts from 0, and where every image is
 *  treated alike by all runs (`no-discordant-pairs`). Source: Cochran 1950.
 *  @example cochranQ([{ pattern: [true, false], images: 2 }, { pattern: [false, true], images: 12 }])  // { statistic: 7.143, degreesOfFreedom: 1, p: 0.0075 } */
export function cochranQ(patterns: readonly RunPattern[]): {
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly p: number
} {
  const runs = patterns[0]?.pattern.length ?? 0
  requirePatterns(patterns, runs)
  const countedPerRun = Array.from({ length: runs }, (_, run) =>
    sum(patterns.map(({ pattern, images }) => (pattern[run] ? images : 0))),
  )
  const disagreement = sum(
    patterns.map(({ pattern, images }) => {
      const counted = pattern.filter((isCounted) => isCounted).length
      return images * counted * (runs - counted)
    }),
  )
  if (disagreement === 0) {
    throw new RangeError('cochranQ expected at least one image that the runs treat differently but received none')
  }
  // the sum over pairs of runs is Cochran's k * sum of squares - square of the sum, without the subtraction
  const spread = sum(
    countedPerRun.flatMap((counted, run) => countedPerRun.slice(run + 1).map((other) => (counted - other) ** 2)),
  )
  const statistic = ((runs - 1) * spread) / disagreement
  const degreesOfFreedom = runs - 1
  return { statistic, degreesOfFreedom, p: chiSquaredUpperTail(statistic, degreesOfFreedom) }
}

function requirePatterns(patterns: readonly RunPattern[], runs: number): void {
  if (runs < 2) throw new RangeError(`cochranQ expected patterns of at least 2 runs but received ${runs}`)
  for (const { pattern, images } of patterns) {
    if (pattern.length !== runs) {
      throw new RangeError(`cochranQ expected ${runs} runs in every pattern but received ${pattern.length}`)
    }
    if (!Number.isSafeInteger(images) || images < 0) {
      throw new RangeError(`cochranQ expected a whole count of images from 0 but received ${images}`)
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
