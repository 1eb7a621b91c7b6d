import type { ChangeVerdict } from '../types/change.js'
import type { Verdict } from '../types/verdict.js'

/** What a verdict says beside its kind, as a word of the file: its direction, what settled it, or its reason. */
export function verdictDetail(verdict: Verdict | ChangeVerdict): string {
  switch (verdict.kind) {
    case 'disparity':
    case 'change':
      return verdict.direction
    case 'within-margin':
      return verdict.settledBy
    case 'inconclusive':
    case 'insufficient':
      return verdict.reason
  }
}
