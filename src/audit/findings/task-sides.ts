import type { OutcomeCount } from '../measures/outcome-rate.js'
import { designEffect } from '../statistics/design-effect.js'
import type { SubjectSums } from '../types/facts.js'
import { sidesToCompare, type CountedSides } from './comparisons.js'
import type { OutcomeTask } from './outcome-tasks.js'
import { independentUnits, type Side, type Sides } from './side.js'

/** A pair of sides to be compared: who they are, their counts with near-ties, and the same with their subjects, for judging. */
export type TaskSides = { readonly counted: CountedSides; readonly sides: Sides }

/** The comparisons of one outcome, in order, with what is known of the subjects on both sides. */
export function taskSides(task: OutcomeTask): TaskSides[] {
  const { grouped, counts, family, subjectCounts } = task
  const unitsOf = (group: number): number => independentUnits(sideOf(counts[group], subjectCounts?.groups[group]))
  return sidesToCompare(grouped, counts, family.reference, { minimum: family.minimum, unitsOf }).map((counted) => {
    const { group, referenceGroup, reference } = counted
    const referenceSums = referenceGroup === null ? subjectCounts?.rests[group] : subjectCounts?.groups[referenceGroup]
    return {
      counted,
      sides: {
        group: sideOf(counts[group], subjectCounts?.groups[group]),
        reference: sideOf(reference, referenceSums),
      },
    }
  })
}

/** One side, with its design effect where subjects are known. */
export function sideOf({ count, total }: Pick<OutcomeCount, 'count' | 'total'>, sums: SubjectSums | undefined): Side {
  if (sums === undefined || total === 0) return { count, total }
  const { value } = designEffect({ ...sums, images: total, count })
  // the estimate is noisy with few subjects; more than one image's worth of information is always there
  return { count, total, subjects: { count: sums.subjects, designEffect: Math.min(value, total) } }
}
