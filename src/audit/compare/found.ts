import type { ComparedSide } from '../types/audit-comparison.js'
import type { AuditResult } from '../types/audit.js'
import type { Contrast, Finding } from '../types/derived.js'
import type { Group } from '../types/groups.js'
import type { Verdict } from '../types/verdict.js'

/** A finding with its contrast and the counts of both sides. */
export type Found = { readonly finding: Finding; readonly contrast: Contrast; readonly side: ComparedSide }

/** Every finding of an audit, by what was asked of whom. */
export function foundIn({ derived }: AuditResult): Found[] {
  const rates = new Map(derived.rates.map((rate) => [rate.id, rate] as const))
  const contrasts = new Map(derived.contrasts.map((contrast) => [contrast.id, contrast] as const))
  return derived.findings.flatMap((finding) => {
    const contrast = contrasts.get(finding.contrast)
    const [rate, reference] = contrast?.sides.map((side) => rates.get(side.rate)) ?? []
    if (contrast === undefined || rate === undefined || reference === undefined) return []
    const side = {
      finding: finding.id,
      verdict: finding.verdict,
      severity: finding.severity,
      count: rate.count,
      total: rate.total,
      interval: rate.interval,
      method: rate.method,
      referenceCount: reference.count,
      referenceTotal: reference.total,
      referenceInterval: reference.interval,
    }
    return [{ finding, contrast, side }]
  })
}

/** What a finding is about within one run: probe, outcome, grouping and the two sides, in any order. */
export function questionOf({ probe, outcome, groupBy, sides: [{ group }, reference] }: Contrast): string {
  // the best group is chosen by the data and may be another one: the question stays
  const other = reference.reference.kind === 'best' ? null : reference.group
  const sides = [JSON.stringify(group), JSON.stringify(other ?? reference.reference.kind)].sort()
  return JSON.stringify([probe, outcome, groupBy, sides])
}

/** The same figures told of `group`: of a two-valued attribute the other value may have been the one with the higher rate. */
export function toldOf(group: Group, { contrast, side }: Found): ComparedSide {
  if (JSON.stringify(contrast.sides[0].group) === JSON.stringify(group)) return side
  return {
    ...side,
    severity: null,
    verdict: mirrored(side.verdict),
    count: side.referenceCount,
    total: side.referenceTotal,
    referenceCount: side.count,
    referenceTotal: side.total,
    interval: side.referenceInterval,
    referenceInterval: side.interval,
  }
}

function mirrored(verdict: Verdict): Verdict {
  if (verdict.kind !== 'disparity') return verdict
  return { kind: 'disparity', direction: verdict.direction === 'higher' ? 'lower' : 'higher' }
}
