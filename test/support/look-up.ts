import type { AuditResult } from '../../src/audit/types/audit.js'
import type { Contrast, Derived, Finding, RateRecord } from '../../src/audit/types/derived.js'

/** The name of the group that a contrast is about, its values joined for reading in a test. */
export function groupName(contrast: Contrast): string {
  return contrast.sides[0].group.map(([, value]) => value).join(' & ')
}

/** The one contrast of a group; throws when there is none or more than one. */
export function contrastOf(
  { contrasts }: Pick<Derived, 'contrasts'>,
  group: string,
  where: Partial<Pick<Contrast, 'probe' | 'outcome' | 'labelSet'>> = {},
): Contrast {
  const found = contrasts.filter(
    (contrast) =>
      groupName(contrast) === group &&
      contrast.probe === (where.probe ?? 'denigration') &&
      (where.outcome === undefined || contrast.outcome === where.outcome) &&
      (where.labelSet === undefined || contrast.labelSet === where.labelSet),
  )
  if (found.length !== 1) throw new Error(`${found.length} contrasts of ${group}`)
  return found[0]
}

/** The finding of a contrast. */
export function findingOf({ findings }: Pick<Derived, 'findings'>, contrast: Contrast): Finding {
  const found = findings.find((finding) => finding.contrast === contrast.id)
  if (found === undefined) throw new Error(`no finding of ${contrast.id}`)
  return found
}

/** The verdict on a group in one line: its kind and its direction or reason. */
export function verdictOn(derived: Derived, group: string, where: Parameters<typeof contrastOf>[2] = {}): string {
  const { verdict } = findingOf(derived, contrastOf(derived, group, where))
  switch (verdict.kind) {
    case 'disparity':
      return `disparity ${verdict.direction}`
    case 'within-margin':
      return `within-margin ${verdict.settledBy}`
    case 'inconclusive':
    case 'insufficient':
      return `${verdict.kind} ${verdict.reason}`
  }
}

/** A rate by its id. */
export function rateById({ rates }: Pick<Derived, 'rates'>, id: string): RateRecord {
  const found = rates.find((rate) => rate.id === id)
  if (found === undefined) throw new Error(`no rate ${id}`)
  return found
}

/** A deep copy of an audit that a test may change. */
export function editable(audit: AuditResult): Editable<AuditResult> {
  return structuredClone(audit) as Editable<AuditResult> // a copy: writing to it changes nothing else
}

/** The same shape without `readonly`. */
export type Editable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Editable<Value[Key]> } : Value
