import { wilsonInterval } from './wilson-interval.js'
import type { Interval, Proportion } from './proportion.js'

/** Newcombe hybrid score interval: a closed-form range for the difference of two proportions, group minus reference.
 *  Made from the two Wilson intervals. Two-sided level 1 - alpha; for reading, verdicts use the envelope interval.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides. Source: Newcombe 1998a, method 10.
 *  @example newcombeInterval({ count: 56, total: 70 }, { count: 48, total: 80 })  // { low: 0.0524, high: 0.3339 } */
export function newcombeInterval(group: Proportion, reference: Proportion, alpha = 0.05): Interval {
  const wilsonGroup = wilsonInterval(group, alpha)
  const wilsonReference = wilsonInterval(reference, alpha)
  const groupRate = group.count / group.total
  const referenceRate = reference.count / reference.total
  const difference = groupRate - referenceRate
  return {
    low: difference - Math.hypot(groupRate - wilsonGroup.low, wilsonReference.high - referenceRate),
    high: difference + Math.hypot(wilsonGroup.high - groupRate, referenceRate - wilsonReference.low),
  }
}
