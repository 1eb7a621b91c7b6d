import type { Facts } from '../types/facts.js'
import type { PairFacts } from '../types/paired.js'
import { onlyDirection } from './plan-pairs.js'

/** The only direction that the design of a pair allows, or null where both are open. Decisions made elsewhere are taken at their word: where
 *  images moved between old labels, they do not come from one set of scores, and the design decides nothing. */
export function oneWayOf(facts: Facts, pair: PairFacts, categories: readonly string[]): 'higher' | 'lower' | null {
  const direction = onlyDirection(pair, categories, facts.labelSets)
  return direction !== null && isOfElsewhere(facts, pair) && hasOtherFlow(pair) ? null : direction
}

/** Whether no image can move but to an added label, or away from a removed one. */
export function isOnlyFlow(facts: Facts, pair: PairFacts): boolean {
  return oneWayOf(facts, pair, []) !== null
}

function isOfElsewhere({ evidence }: Facts, pair: PairFacts): boolean {
  return evidence.some(({ id, kind }) => id === pair.evidence[0] && kind === 'decisions')
}

function hasOtherFlow({ cells, added, removed }: PairFacts): boolean {
  return cells.some(({ flows }) =>
    flows.some(([from, to]) => from !== to && !added.includes(to) && !removed.includes(from)),
  )
}
