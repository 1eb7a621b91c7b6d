import { fisherExact } from '../statistics/fisher-exact.js'
import type { Bounds, Comparison, Contrast } from '../types/derived.js'
import type { ReasonCode } from '../types/verdict.js'
import type { JudgedComparison, JudgedContrast } from './judge-contrast.js'
import type { Sides } from './side.js'

type Named = Pick<
  Contrast,
  'id' | 'kind' | 'probe' | 'family' | 'evidence' | 'labelSet' | 'outcome' | 'groupBy' | 'sides'
>

/** Writes a judged comparison in the shape of the audit: infinite bounds become null and `unbounded`, every null has its reason.
 *  `sides.reference` is everyone else's counts where the reference is `overall`: Fisher's test needs independent sides. */
export function describeContrast(
  named: Named,
  judged: JudgedContrast,
  { sides, q }: { readonly sides: Sides; readonly q: number | null },
): Contrast {
  const exact = exactTest(sides)
  return {
    ...named,
    difference: describeComparison(judged.difference, 'newcombe'),
    ratio: describeComparison(judged.ratio, 'score'),
    level: judged.level,
    direction: judged.direction,
    ...(judged.direction === null ? { directionReason: 'no-images' as const } : {}),
    margins: judged.margins,
    ...(judged.margins === null ? { marginsReason: 'no-images' as const } : {}),
    p: judged.p,
    ...(judged.pReason === undefined ? {} : { pReason: judged.pReason }),
    pMethod: 'margin',
    q,
    ...(q === null ? { qReason: judged.pReason ?? reasonOf(judged.verdict) } : {}),
    ...exact,
    detectableRate: judged.detectableRate,
    ...(judged.detectableRateReason === undefined ? {} : { detectableRateReason: judged.detectableRateReason }),
    needed: judged.needed,
    ...(judged.neededReason === undefined ? {} : { neededReason: judged.neededReason }),
    labelErrors: judged.labelErrors,
  }
}

/** Why a comparison is left out of the q-values: too few images for a verdict. */
function reasonOf(verdict: JudgedContrast['verdict']): ReasonCode {
  return verdict.kind === 'insufficient' ? verdict.reason : 'no-images'
}

function describeComparison(comparison: JudgedComparison, method: Comparison['method']): Comparison {
  const { value, interval, adjusted, reason } = comparison
  const plain = toBounds(interval)
  const wide = toBounds(adjusted)
  return {
    value,
    ...(value === null ? { reason: reason ?? 'no-images' } : {}),
    interval: plain.bounds,
    ...(plain.bounds === null ? { intervalReason: 'no-images' as const } : {}),
    ...(plain.unbounded ? { unbounded: true as const } : {}),
    method,
    adjusted: wide.bounds,
    ...(wide.bounds === null ? { adjustedReason: 'no-images' as const } : {}),
    ...(wide.unbounded ? { adjustedUnbounded: true as const } : {}),
  }
}

function toBounds(interval: { readonly low: number; readonly high: number } | null): {
  bounds: Bounds | null
  unbounded: boolean
} {
  if (interval === null) return { bounds: null, unbounded: false }
  const unbounded = interval.high === Infinity
  return { bounds: [interval.low, unbounded ? null : interval.high], unbounded }
}

function exactTest({ group, reference }: Sides): Pick<Contrast, 'exactP' | 'exactPReason'> {
  if (group.subjects !== undefined) return { exactP: null, exactPReason: 'repeated-subjects' }
  const flagged = group.count + reference.count
  const total = group.total + reference.total
  const hasEmptyMargin = group.total === 0 || reference.total === 0 || flagged === 0 || flagged === total
  if (hasEmptyMargin) return { exactP: null, exactPReason: 'zero-margin' }
  return { exactP: fisherExact(group, reference).twoSided }
}
