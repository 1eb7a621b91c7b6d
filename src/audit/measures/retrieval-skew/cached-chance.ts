import { createRandom } from '../../statistics/random.js'
import { chanceOfTop, type ChanceOfTop } from './chance-of-top.js'
import type { TopRules } from './top-figures.js'

/** What chance gives for tops of one grouping, each size drawn once. The stream is named after everything that the draws depend on, so that
 *  what is observed and what is derived later from the counts meet the same draws. */
export function cachedChance(of: {
  readonly images: readonly number[]
  readonly rules: TopRules
  readonly draws: number
  readonly seed: number
  /** Probe, label set and grouping. */
  readonly stream: string
}): (cut: number, taken: number) => ChanceOfTop | null {
  const { images, rules, draws, seed, stream } = of
  const known = new Map<string, ChanceOfTop | null>()
  return (cut, taken) => {
    const key = `${cut}/${taken}`
    const before = known.get(key)
    if (before !== undefined) return before
    const random = createRandom(seed, `retrieval-skew/${stream}/${key}`)
    const chance = chanceOfTop({ images, cut, taken, rules, draws, random })
    known.set(key, chance)
    return chance
  }
}

/** The part of a stream's name that one grouping has. */
export function streamOf(probe: string, labelSet: string | null, groupBy: readonly string[]): string {
  return `${probe}/${labelSet ?? ''}/${JSON.stringify(groupBy)}`
}
