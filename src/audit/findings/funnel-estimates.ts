import { funnelLimits } from '../statistics/funnel-limits.js'
import type { FunnelEstimate } from '../types/estimates.js'
import type { ReasonCode } from '../types/verdict.js'
import { namesOf, type OutcomeTask } from './outcome-tasks.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'

const FEWEST_GROUPS = 5 // a handful of dots shows nothing that the dots with their intervals do not
const MOST_LIMITS = 20 // enough for a smooth line

/** What chance alone gives the groups of every intersection of two or more attributes, by number of images: the rate of all of them
 *  together with its limits at the family's level. No verdict rests on it. */
export function funnelEstimates(tasks: readonly OutcomeTask[]): FunnelEstimate[] {
  return tasks.filter(({ probe, family }) => probe !== FAILURE_PROBE && family.groupBy.length > 1).map(funnelOf)
}

function funnelOf(task: OutcomeTask): FunnelEstimate {
  const { grouped, counts, family, subjectCounts } = task
  const filled = counts.filter(({ total }, place) => total > 0 && grouped.comparable[place])
  const count = filled.reduce((sum, each) => sum + each.count, 0)
  const total = filled.reduce((sum, each) => sum + each.total, 0)
  const value = total === 0 ? null : count / total
  const named = { kind: 'funnel', ...namesOf(task), count, total, value, groups: filled.length } as const
  // several images of one subject vary less than chance says, and by how much differs from group to group
  const reason: ReasonCode | null =
    subjectCounts !== null ? 'repeated-subjects' : filled.length < FEWEST_GROUPS ? 'too-few-groups' : null
  if (reason !== null) return { ...named, reason, outside: 0, limits: [] }
  if (value === null || value === 0 || value === 1) return { ...named, reason: 'no-variation', outside: 0, limits: [] }
  const limitsAt = (images: number) => funnelLimits(value, images, family.alpha)
  const outside = filled.filter((group) => {
    const { low, high } = limitsAt(group.total)
    const rate = group.count / group.total
    return rate < low || rate > high
  }).length
  const sizes = filled.map((group) => group.total)
  const limits = spacedSizes(Math.min(...sizes), Math.max(...sizes)).map((images) => {
    const { low, high } = limitsAt(images)
    return [images, low, high] as const
  })
  return { ...named, outside, limits }
}

/** Whole numbers from the smallest to the largest, each once, their square roots evenly spaced: limits bend most at few images. */
function spacedSizes(smallest: number, largest: number): number[] {
  const [from, to] = [Math.sqrt(smallest), Math.sqrt(largest)]
  const roots = Array.from({ length: MOST_LIMITS }, (_, step) => from + ((to - from) * step) / (MOST_LIMITS - 1))
  return [...new Set(roots.map((root) => Math.round(root * root)))]
}
