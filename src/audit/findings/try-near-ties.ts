import type { ChangeVerdict } from '../types/change.js'

/** Takes back a change or a "within margin" that would become anything else with the near-tied images decided another way.
 *  `others` are the verdicts on the counts so moved; other verdicts stay as they are. */
export function tryNearTies(asDecided: ChangeVerdict, others: readonly ChangeVerdict[]): ChangeVerdict {
  if (asDecided.kind !== 'change' && asDecided.kind !== 'within-margin') return asDecided
  const isSame = (verdict: ChangeVerdict) =>
    verdict.kind === asDecided.kind && directionIn(verdict) === directionIn(asDecided)
  return others.every(isSame) ? asDecided : { kind: 'inconclusive', reason: 'near-ties-decide' }
}

function directionIn(verdict: ChangeVerdict): 'higher' | 'lower' | null {
  return verdict.kind === 'change' ? verdict.direction : null
}
