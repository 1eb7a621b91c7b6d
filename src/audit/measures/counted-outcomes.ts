import type { CountedOutcome, LabelSetFacts, Tally } from '../types/facts.js'
import { categoryOutcomes, type Measure } from '../types/measures.js'
import { rulesOf } from './kinds.js'
import type { CountedUnder, IsInside, Missing } from './measure-kind.js'
import type { OutcomeCount } from './outcome-rate.js'

/** What a label set lacks for a measure to be a question, or null. */
export function missingIn(measure: Measure, labelSet: LabelSetFacts): Missing | null {
  return rulesOf(measure.kind).missing(measure, labelSet)
}

/** What a measure counts from tallies beside outcome categories, under one label set that lacks nothing. */
export function countedOutcomes(measure: Measure, labelSet: LabelSetFacts): readonly CountedOutcome[] {
  return rulesOf(measure.kind).counted?.outcomes(measure, labelSet) ?? []
}

/** Whether an image of a cell that got a label is inside. Throws RangeError where the measure counts nothing. */
export function insideOf(measure: Measure, outcome: string, under: CountedUnder): IsInside {
  const rules = rulesOf(measure.kind).counted
  if (rules === undefined) throw new RangeError(`insideOf expected a measure that counts but received ${measure.kind}`)
  return rules.inside(measure, outcome, under)
}

/** Counts such an outcome in every cell: `tallies[i]` belongs to cell i. Which label came second is known by its category alone, so
 *  near-ties cannot be tried. */
export function countMeasured(tallies: readonly Tally[], isInside: IsInside): OutcomeCount[] {
  return tallies.map(({ group, counts }) => {
    const counted = counts.filter(([label]) => isInside(label, group) !== null)
    const sum = (some: typeof counts): number => some.reduce((total, [, images]) => total + images, 0)
    const count = sum(counted.filter(([label]) => isInside(label, group) === true))
    return { count, total: sum(counted), nearUp: 0, nearDown: 0 }
  })
}

/** Whether outcome categories are what a measure counts and a label set has them: what changes between designs is asked of these alone. */
export function asksOfCategories(measure: Measure, labelSet: LabelSetFacts): boolean {
  return categoryOutcomes(measure).length > 0 && missingIn(measure, labelSet) === null
}
