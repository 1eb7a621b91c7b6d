import type { Comparison, Contrast, Finding, RateRecord } from '../../../src/audit/types/derived.js'
import type { Verdict } from '../../../src/audit/types/verdict.js'

/** Stand-in statistics for a report to print: plain textbook approximations, never the product's own. */
export function wilson(k: number, n: number, z = 1.96): readonly [number, number] | null {
  if (n === 0) return null
  const p = k / n
  const scale = 1 + (z * z) / n
  const middle = (p + (z * z) / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return [k === 0 ? 0 : tidy(Math.max(0, middle - half)), k === n ? 1 : tidy(Math.min(1, middle + half))]
}

type Side = { readonly count: number; readonly total: number }
export type Judged = Pick<Contrast, 'difference' | 'ratio' | 'direction' | 'margins' | 'needed'> & {
  readonly verdict: Verdict
  readonly neededReason: 'settled' | 'beyond-hundredfold' | null
}

const Z = 2.9 // roughly alpha 0.05 over 14 comparisons

export function judge(group: Side, reference: Side, index: number): Judged {
  const difference = differenceOf(group, reference)
  const ratio = ratioOf(group, reference)
  const p2 = reference.total === 0 ? 0 : reference.count / reference.total
  const verdict = verdictOf(group, reference, difference, ratio, index)
  const tooWide = verdict.kind === 'inconclusive' && verdict.reason === 'interval-too-wide'
  const needed = tooWide && index % 3 !== 0 ? group.total * 4 : null
  return {
    difference,
    ratio,
    direction:
      group.total === 0
        ? null
        : (difference.value ?? 0) > 0
          ? 'higher'
          : (difference.value ?? 0) < 0
            ? 'lower'
            : 'equal',
    margins:
      reference.total === 0 ? null : [tidy(Math.min(p2 - 0.01, p2 / 1.25)), tidy(Math.max(p2 + 0.01, p2 * 1.25))],
    needed,
    neededReason: needed !== null ? null : tooWide ? 'beyond-hundredfold' : 'settled',
    verdict,
  }
}

function differenceOf(a: Side, b: Side): Comparison {
  if (a.total === 0 || b.total === 0) {
    return {
      value: null,
      reason: 'no-images',
      interval: null,
      intervalReason: 'no-images',
      method: 'newcombe',
      adjusted: null,
      adjustedReason: 'no-images',
    }
  }
  const value = tidy(a.count / a.total - b.count / b.total)
  const spread = (z: number): readonly [number, number] => {
    const [l1, u1] = wilson(a.count, a.total, z) ?? [0, 1]
    const [l2, u2] = wilson(b.count, b.total, z) ?? [0, 1]
    const low = value - Math.hypot(a.count / a.total - l1, u2 - b.count / b.total)
    return [tidy(low), tidy(value + Math.hypot(u1 - a.count / a.total, b.count / b.total - l2))]
  }
  return { value, interval: spread(1.96), method: 'newcombe', adjusted: spread(Z) }
}

function ratioOf(a: Side, b: Side): Comparison {
  const none = (reason: 'no-images' | 'both-rates-zero'): Comparison => ({
    value: null,
    reason,
    interval: null,
    intervalReason: reason,
    method: 'score',
    adjusted: null,
    adjustedReason: reason,
  })
  if (a.total === 0 || b.total === 0) return none('no-images')
  if (a.count === 0 && b.count === 0) return none('both-rates-zero')
  const bounds = (z: number): readonly [number, number | null] => {
    const [l1, u1] = wilson(a.count, a.total, z) ?? [0, 1]
    const [l2, u2] = wilson(b.count, b.total, z) ?? [0, 1]
    return [
      tidy((l1 + a.count / a.total) / 2 / u2),
      b.count === 0 || l2 === 0 ? null : tidy((u1 + a.count / a.total) / 2 / ((l2 + b.count / b.total) / 2)),
    ]
  }
  const open = b.count === 0 || (wilson(b.count, b.total, Z)?.[0] ?? 0) === 0
  return {
    ...(b.count === 0
      ? { value: null, reason: 'zero-reference-rate' as const }
      : { value: tidy(a.count / a.total / (b.count / b.total)) }),
    interval: bounds(1.96),
    method: 'score',
    adjusted: bounds(Z),
    ...(open ? { unbounded: true as const, adjustedUnbounded: true as const } : {}),
  }
}

function verdictOf(a: Side, b: Side, difference: Comparison, ratio: Comparison, index: number): Verdict {
  if (a.total < 30) return { kind: 'insufficient', reason: 'group-too-small', total: a.total, minimum: 30 }
  if (b.total < 30) return { kind: 'insufficient', reason: 'reference-too-small', total: b.total, minimum: 30 }
  const [low, high] = difference.adjusted ?? [-1, 1]
  const [ratioLow, ratioHigh] = ratio.adjusted ?? [0, null]
  const above = low > 0.01 && ratioLow > 1.25
  const below = (high ?? 1) < -0.01 && ratioHigh !== null && ratioHigh < 0.8
  if (above && index % 11 === 0) return { kind: 'inconclusive', reason: 'few-events' }
  if ((above || below) && index % 13 === 0) return { kind: 'inconclusive', reason: 'near-ties-decide' }
  if (above) return { kind: 'disparity', direction: 'higher' }
  if (below) return { kind: 'disparity', direction: 'lower' }
  if (low >= -0.01 && (high ?? 1) <= 0.01) return { kind: 'within-margin', settledBy: 'difference' }
  if (ratioLow >= 0.8 && ratioHigh !== null && ratioHigh <= 1.25) return { kind: 'within-margin', settledBy: 'ratio' }
  if (index % 17 === 5) return { kind: 'within-margin', settledBy: 'each-side' }
  return { kind: 'inconclusive', reason: 'interval-too-wide' }
}

/** The message of a finding, as the engine words it. */
export function messageOf(
  contrast: Contrast,
  judged: Judged,
  rates: readonly [RateRecord, RateRecord],
): Finding['message'] {
  const { verdict } = judged
  const [group, reference] = rates
  return {
    id: messageId(verdict, judged.neededReason),
    values: [
      ['outcome', contrast.outcome],
      ['k', group.count],
      ['n', group.total],
      ['rate', group.value],
      ['rateLow', group.interval?.[0] ?? null],
      ['rateHigh', group.interval?.[1] ?? null],
      ['k2', reference.count],
      ['n2', reference.total],
      ['rate2', reference.value],
      ['rate2Low', reference.interval?.[0] ?? null],
      ['rate2High', reference.interval?.[1] ?? null],
      ['difference', contrast.difference.value],
      ['dLow', contrast.difference.adjusted?.[0] ?? null],
      ['dHigh', contrast.difference.adjusted?.[1] ?? null],
      ['ratio', contrast.ratio.value],
      ['rLow', contrast.ratio.adjusted?.[0] ?? null],
      ['rHigh', contrast.ratio.adjusted?.[1] ?? null],
      ['needed', judged.needed],
      ['minimum', 30],
      ['nearTies', contrast.labelSet === null ? 0 : group.count % 5],
    ],
  }
}

function messageId(verdict: Verdict, neededReason: string | null): string {
  switch (verdict.kind) {
    case 'disparity':
      return `disparity.${verdict.direction}`
    case 'within-margin':
      return `within-margin.${verdict.settledBy}`
    case 'inconclusive':
      return verdict.reason === 'interval-too-wide' && neededReason === 'beyond-hundredfold'
        ? 'inconclusive.interval-too-wide.beyond-hundredfold'
        : `inconclusive.${verdict.reason}`
    case 'insufficient':
      return `insufficient.${verdict.reason}`
  }
}

export function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
