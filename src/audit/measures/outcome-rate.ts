import type { MeasureRules } from './measure-kind.js'
import type { LabelSetFacts, Tally } from '../types/facts.js'
import type { ProbeOutcome } from '../types/measures.js'

/** Images of one group that a label set put into an outcome, of those it decided; and how near-ties could move the count. */
export type OutcomeCount = {
  readonly count: number
  readonly total: number
  /** Near-tied images outside the outcome whose runner-up is inside: the count could rise by these. */
  readonly nearUp: number
  /** Near-tied images inside the outcome whose runner-up is outside: the count could fall by these. */
  readonly nearDown: number
}

export const NOTHING_COUNTED: OutcomeCount = { count: 0, total: 0, nearUp: 0, nearDown: 0 }

/** Counts one outcome in every cell (measures.md B1): `tallies[i]` belongs to cell i. Evidence needed: decisions. */
export function countOutcome(
  tallies: readonly Tally[],
  labelSet: LabelSetFacts,
  outcome: ProbeOutcome,
): OutcomeCount[] {
  const categories = new Set(outcome.categories)
  const inside = new Set(labelSet.labels.filter((label) => categories.has(label.outcome)).map(({ id }) => id))
  return tallies.map((tally) => {
    const count = sum(tally.counts.filter(([label]) => inside.has(label)).map(([, images]) => images))
    const nearTies = tally.nearTies ?? []
    const moving = nearTies.filter(([label, runnerUp]) => inside.has(label) !== categories.has(runnerUp))
    const nearDown = sum(moving.filter(([label]) => inside.has(label)).map(([, , images]) => images))
    return { count, total: tally.total, nearUp: sum(moving.map(([, , images]) => images)) - nearDown, nearDown }
  })
}

/** The sum of counts over some cells. */
export function addCounts(counts: readonly OutcomeCount[], cells: readonly number[]): OutcomeCount {
  return cells.reduce((total, cell) => plus(total, counts[cell]), NOTHING_COUNTED)
}

function plus(a: OutcomeCount, b: OutcomeCount): OutcomeCount {
  return {
    count: a.count + b.count,
    total: a.total + b.total,
    nearUp: a.nearUp + b.nearUp,
    nearDown: a.nearDown + b.nearDown,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Outcome rates are counted from the tallies, planned in families and judged; they need no table of their own. */
export const outcomeRateRules: MeasureRules<'outcome-rate'> = {
  missing: ({ outcomes }, labelSet) => {
    const present = new Set(labelSet.outcomes.map(([id]) => id))
    const missing = outcomes.flatMap(({ categories }) => categories).find((category) => !present.has(category))
    return missing === undefined ? null : { reason: 'outcome-absent', missing }
  },
  tabulate: () => [],
}
