import type { CaseReason, CaseStanding } from '../types/gate.js'

/** Where a case stands before its limit; of what cannot be told, why. */
export type Standing = { readonly standing: CaseStanding; readonly reason?: CaseReason }

/** A standing that would be another with near-tied images decided the other way is none. `moved`: how it stands with all of them moved, each way
 *  that could matter; asked for only where something was shown. */
export function unlessNearTiesDecide(asDecided: Standing, moved: readonly (() => Standing)[]): Standing {
  const isShown = asDecided.standing === 'exceeded' || asDecided.standing === 'within'
  if (!isShown || moved.every((other) => other().standing === asDecided.standing)) return asDecided
  return { standing: 'unsettled', reason: 'near-ties-decide' }
}
