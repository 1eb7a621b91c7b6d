import type { AuditResult } from '../types/audit.js'
import type { Contrast, Finding, RateRecord } from '../types/derived.js'
import type {
  Estimate,
  EstimateOf,
  FunnelEstimate,
  ShrunkenEstimate,
  SpreadEstimate,
  StandardisedEstimate,
} from '../types/estimates.js'
import type { Family, LabelSetFacts } from '../types/facts.js'
import type { Group } from '../types/groups.js'

/** An audit's records by their ids. Every look-up throws when a saved audit names a record that it does not hold. */
export type AuditIndex = {
  readonly rate: (id: string) => RateRecord
  readonly contrast: (id: string) => Contrast
  readonly family: (id: string) => Family
  readonly finding: (id: string) => Finding
  readonly labelSet: (id: string) => LabelSetFacts
  readonly findingOf: (contrastId: string) => Finding | undefined
  /** Contrasts whose first side is this rate. */
  readonly contrastsOfRate: (rateId: string) => readonly Contrast[]
  /** Whether the rate is the second side of a contrast. */
  readonly isReference: (rateId: string) => boolean
  /** Rates of groups (never of `rest`) of one probe, evidence, label set, groupBy and outcome, in the order of the audit. */
  readonly ratesOf: (where: RateAddress) => readonly RateRecord[]
  /** How far the groups at this address lie apart. */
  readonly spreadOf: (where: RateAddress) => SpreadEstimate | undefined
  /** Steadied rates of the groups at this address. */
  readonly shrunkenOf: (where: RateAddress) => ShrunkenEstimate | undefined
  /** What chance alone gives the groups at this address, by number of images. */
  readonly funnelOf: (where: RateAddress) => FunnelEstimate | undefined
  /** The comparison, as it is, that an estimate weights to an equal mix. */
  readonly contrastOf: (estimate: StandardisedEstimate) => Contrast | undefined
}

export type RateAddress = Omit<EstimateOf, 'family'>

/** Indexes an audit once, so that a report of many groups stays linear in their number. */
export function indexAudit({ facts, derived }: AuditResult): AuditIndex {
  const families = [...facts.probes.flatMap((probe) => probe.families), ...facts.failureFamilies]
  const findingsByContrast = new Map(derived.findings.map((finding) => [finding.contrast, finding]))
  const contrastsByRate = groupedBy(derived.contrasts, (contrast) => contrast.sides[0].rate)
  const references = new Set(derived.contrasts.map((contrast) => contrast.sides[1].rate))
  const ratesByAddress = groupedBy(
    derived.rates.filter((rate) => rate.group !== null),
    addressKey,
  )
  const estimatesByAddress = groupedBy(derived.estimates, addressKey)
  const contrastsByAddress = groupedBy(derived.contrasts, addressKey)
  return {
    rate: lookUp('rate', derived.rates),
    contrast: lookUp('contrast', derived.contrasts),
    family: lookUp('family', families),
    finding: lookUp('finding', derived.findings),
    labelSet: lookUp('label set', facts.labelSets),
    findingOf: (contrastId) => findingsByContrast.get(contrastId),
    contrastsOfRate: (rateId) => contrastsByRate.get(rateId) ?? [],
    isReference: (rateId) => references.has(rateId),
    ratesOf: (where) => ratesByAddress.get(addressKey(where)) ?? [],
    spreadOf: (where) => estimatesByAddress.get(addressKey(where))?.find(isSpread),
    shrunkenOf: (where) => estimatesByAddress.get(addressKey(where))?.find(isShrunken),
    funnelOf: (where) => estimatesByAddress.get(addressKey(where))?.find(isFunnel),
    contrastOf: (estimate) =>
      contrastsByAddress.get(addressKey(estimate))?.find(({ sides: [side] }) => isSame(side.group, estimate.group)),
  }
}

function lookUp<T extends { readonly id: string }>(what: string, records: readonly T[]): (id: string) => T {
  const byId = new Map(records.map((record) => [record.id, record]))
  return (id) => {
    const record = byId.get(id)
    if (record === undefined) throw new Error(`audit.json: expected a ${what} "${id}" but the audit holds none`)
    return record
  }
}

function isSpread(estimate: Estimate): estimate is SpreadEstimate {
  return estimate.kind === 'spread'
}

function isShrunken(estimate: Estimate): estimate is ShrunkenEstimate {
  return estimate.kind === 'shrunken'
}

function isFunnel(estimate: Estimate): estimate is FunnelEstimate {
  return estimate.kind === 'funnel'
}

function isSame(a: Group, b: Group): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function groupedBy<T>(records: readonly T[], keyOf: (record: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const key = keyOf(record)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [record])
    else group.push(record)
  }
  return groups
}

/** JSON keeps names apart that contain any separator; a Map key may be `__proto__`. */
function addressKey({ probe, evidence, labelSet, groupBy, outcome }: RateAddress): string {
  return JSON.stringify([probe, evidence, labelSet, groupBy, outcome])
}
