import type { ComparedFinding } from '../types/audit-comparison.js'
import type { Severity } from '../types/derived.js'

const WORST_FIRST: readonly (Severity | null)[] = ['critical', 'serious', 'moderate', 'minor', null]

/** Worst harm first, then most images of the group inside the outcome; never by a p-value. */
export function byHarm(a: ComparedFinding, b: ComparedFinding): number {
  return rankOf(a) - rankOf(b) || imagesOf(b) - imagesOf(a)
}

function rankOf({ first, second }: ComparedFinding): number {
  const ranks = [first, second].map((side) => WORST_FIRST.indexOf(side?.severity ?? null))
  return Math.min(...ranks)
}

function imagesOf({ first, second }: ComparedFinding): number {
  return Math.max(first?.count ?? 0, second?.count ?? 0)
}
