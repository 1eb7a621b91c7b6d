import type { AuditDifference, ComparisonBasis, DifferenceKind } from '../types/audit-comparison.js'
import { movesVerdicts } from './policy-differences.js'

type Cause = Exclude<ComparisonBasis, 'rerun' | 'several'>

/** What each difference could be the cause of. A seed moves only what is drawn at random, and no verdict. */
const CAUSE_OF: Readonly<Record<DifferenceKind, Cause | null>> = {
  simulated: 'data',
  dataset: 'data',
  crop: 'data',
  attributes: 'data',
  model: 'model',
  preprocessing: 'model',
  evidence: 'model',
  'label-set': 'design',
  probe: 'rule',
  policy: 'rule',
  reference: 'rule',
  'tool-version': 'tool',
  seed: null,
}

function causeOf({ kind, name }: AuditDifference): Cause | null {
  return kind === 'policy' && !movesVerdicts(name) ? null : CAUSE_OF[kind]
}

/** What a change between two audits can be about: the one thing that differs, or nothing in particular. */
export function comparisonBasis(differences: readonly AuditDifference[]): ComparisonBasis {
  const isSameImages = !differsIn(differences, 'dataset')
  const told = differences.filter(({ kind }) => kind !== 'crop' || !isSameImages) // of the same bytes a crop is only stated
  const causes = new Set(told.map(causeOf).filter((cause) => cause !== null))
  const [only, ...more] = causes
  if (only === undefined) return 'rerun'
  return more.length === 0 ? only : 'several'
}

/** Whether two audits differ in anything of this kind. */
export function differsIn(differences: readonly AuditDifference[], ...kinds: readonly DifferenceKind[]): boolean {
  return differences.some(({ kind }) => kinds.includes(kind))
}
