import type { Interval } from '../statistics/proportion.js'
import type { ChangeVerdict } from '../types/change.js'
import type { ChangeBounds, ChangeDifference, ChangeRecord } from '../types/paired.js'
import type { ChangeTask } from './change-tasks.js'
import type { ChangeEstimate, JudgedChange } from './judge-change.js'
import { pairedRates } from './paired-rates.js'

/** What a change is about and what was counted, as written whatever kind it is of. `place`: of the group. */
export function namedChange(
  { pair, family, outcome, grouped, counts }: ChangeTask,
  place: number,
): Pick<ChangeRecord, 'pair' | 'family' | 'probe' | 'outcome' | 'groupBy' | 'group' | 'paired' | 'rates'> {
  const { counts: paired } = counts[place]
  return {
    pair: pair.id,
    family: family.id,
    probe: family.probe,
    outcome: outcome.id,
    groupBy: family.groupBy,
    group: grouped.groups[place],
    paired,
    rates: pairedRates(paired, family.alpha),
  }
}

/** What was judged of a change, as written. Several images of one person are not independent, and no rule accounts for that on paired
 *  images yet: then there is no verdict. */
export function writtenChange(
  { verdict, asDecided, change, level, p, pReason }: JudgedChange,
  method: ChangeDifference['method'],
  hasRepeatedSubjects: boolean,
): Pick<ChangeRecord, 'difference' | 'level' | 'p' | 'pReason' | 'verdict' | 'asDecided'> {
  const stated = (one: ChangeVerdict): ChangeVerdict =>
    hasRepeatedSubjects && one.kind !== 'insufficient' ? { kind: 'inconclusive', reason: 'repeated-subjects' } : one
  const reading = hasRepeatedSubjects ? ({ p: null, pReason: 'repeated-subjects' } as const) : { p, pReason }
  return {
    difference: differenceOf(change, method),
    level,
    p: reading.p,
    ...(reading.pReason === undefined ? {} : { pReason: reading.pReason }),
    verdict: stated(verdict),
    asDecided: stated(asDecided),
  }
}

function differenceOf(
  { value, reason, interval, adjusted }: ChangeEstimate,
  method: ChangeDifference['method'],
): ChangeDifference {
  return {
    value,
    ...(reason === undefined ? {} : { reason }),
    interval: interval && bounds(interval),
    adjusted: adjusted && bounds(adjusted),
    method,
  }
}

function bounds({ low, high }: Interval): ChangeBounds {
  return [low, high]
}
