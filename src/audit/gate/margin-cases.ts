import { adjustedIntervals, chanceAtMargin, tooFewUnits } from '../findings/decide-verdict.js'
import type { OutcomeTask } from '../findings/outcome-tasks.js'
import { withMoved, type Sides } from '../findings/side.js'
import type { Interval } from '../statistics/proportion.js'
import type { CaseReason, LimitCase } from '../types/gate.js'
import type { Reference } from '../types/groups.js'
import type { Margin } from '../types/policy.js'
import { bounded } from './bounded.js'
import { unlessNearTiesDecide, type Standing } from './standing.js'
import { comparedPairs, placeOf, type ComparedPair, type GateSubject } from './subject.js'

/** A difference or a ratio that no group may lie above, at an error level. */
export type MarginLimit = { readonly kind: 'difference' | 'ratio'; readonly atMost: number; readonly level: number }

/** Decides on the envelope interval at the level of the limit: exceeded where the whole interval lies above the bound and the group's
 *  count would be rare for a binomial on the bound (the few-events guard of verdicts); within where the whole interval lies at or below it. */
export function marginCases(task: OutcomeTask, limit: MarginLimit, subject: GateSubject): LimitCase[] {
  return comparedPairs(task, subject).map((pair) => {
    const { counted, sides, finding } = pair
    const referenceKind = counted.referenceGroup === null ? task.family.reference.kind : ('named' as const)
    const rule = { referenceKind, minimum: task.family.minimum, limit }
    const found = pair.contrast[limit.kind]
    const hasImages = sides.group.total > 0 && sides.reference.total > 0
    return {
      ...placeOf(task),
      group: task.grouped.groups[counted.group],
      count: sides.group.count,
      total: sides.group.total,
      against: againstOf(task, pair),
      ...bounded(found.value ?? reasonOf(found.reason), hasImages ? intervalOf(sides, rule) : 'no-images'),
      finding: finding.id,
      ...standingWithNearTies(task, pair, rule),
    }
  })
}

/** Whom the group is compared with, as counts. For `overall` everyone is named, and counted with the group. */
export function againstOf(
  { family, grouped }: OutcomeTask,
  { counted, sides }: ComparedPair,
): NonNullable<LimitCase['against']> {
  const { group, reference } = sides
  const isEveryone = family.reference.kind === 'overall' && counted.referenceGroup === null
  return {
    reference: family.reference,
    ...(counted.referenceGroup === null ? {} : { group: grouped.groups[counted.referenceGroup] }),
    count: reference.count + (isEveryone ? group.count : 0),
    total: reference.total + (isEveryone ? group.total : 0),
  }
}

type Rule = { readonly referenceKind: Reference['kind']; readonly minimum: number; readonly limit: MarginLimit }

function reasonOf(reason: string | undefined): CaseReason {
  return reason === 'both-rates-zero' || reason === 'zero-reference-rate' ? reason : 'no-images'
}

function intervalOf(sides: Sides, { referenceKind, minimum, limit }: Rule): Interval {
  const { level, kind } = limit
  const rule = { referenceKind, minimum, alpha: level, m: 1, margin: marginOf(limit) }
  return adjustedIntervals(sides, rule)[kind]
}

/** The bound as a margin of which the other part never decides. */
function marginOf({ kind, atMost }: MarginLimit): Margin {
  return kind === 'difference' ? { difference: atMost, ratio: 1 + 1e-9 } : { difference: 1e-12, ratio: atMost }
}

/** Every near-tied image is decided the other way, all apart and all together: a standing that would be another is none. */
function standingWithNearTies(task: OutcomeTask, { counted, sides }: ComparedPair, rule: Rule): Standing {
  const asDecided = standingOf(sides, rule)
  if (!task.nearTiesKnown) return asDecided
  const { nearUp, nearDown } = task.counts[counted.group]
  const moved = (group: number, reference: number) => (): Standing =>
    // intervals are what a gate costs, and most groups have no near-tie
    group === 0 && reference === 0
      ? asDecided
      : standingOf({ group: withMoved(sides.group, group), reference: withMoved(sides.reference, reference) }, rule)
  return unlessNearTiesDecide(asDecided, [
    moved(nearUp, -counted.reference.nearDown),
    moved(-nearDown, counted.reference.nearUp),
  ])
}

function standingOf(sides: Sides, rule: Rule): Standing {
  const tooFew = tooFewUnits(sides, rule)
  if (tooFew?.kind === 'insufficient') return { standing: 'insufficient', reason: tooFew.reason }
  const { low, high } = intervalOf(sides, rule)
  const { atMost, level } = rule.limit
  if (high <= atMost) return { standing: 'within' }
  if (low <= atMost) return { standing: 'unsettled', reason: 'interval-too-wide' }
  const chance = chanceAtMargin('higher', sides, { referenceKind: rule.referenceKind, margin: marginOf(rule.limit) })
  return chance <= level / 2 ? { standing: 'exceeded' } : { standing: 'unsettled', reason: 'few-events' }
}
