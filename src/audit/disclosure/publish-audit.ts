import type { AuditResult } from '../types/audit.js'
import type { Comparison, Contrast, Finding, RateRecord } from '../types/derived.js'
import type { Facts, Family } from '../types/facts.js'
import { UNKNOWN, type Group } from '../types/groups.js'
import type { Policy } from '../types/policy.js'
import type {
  PublishedAudit,
  PublishedComparison,
  PublishedContrast,
  PublishedPolicy,
  PublishedRate,
  PublishedRow,
  PublishedTableOfRates,
  PublishedVerdict,
} from '../types/published.js'
import type { Verdict } from '../types/verdict.js'
import { auditCells, type AuditCells, type RateCells } from './audit-cells.js'
import { isAllDecided } from './audit-columns.js'
import { rateTables, type RateTable } from './rate-tables.js'
import { suppressCells } from './suppress-cells.js'

/** What of an audit of private data may be given away: definitions, and the rates and contrasts in which no count from 0 to before
 *  `minDisclosed` stands or can be found by adding and subtracting (measures.md A8, small cells). What rests on cells of any size is left out
 *  whole. Throws RangeError when the audit's numbers contradict each other, or `minDisclosed` is not a whole number from 1. */
export function publishAudit(audit: AuditResult, minDisclosed: number): PublishedAudit {
  const { facts, derived } = audit
  const every = rateTables(facts, derived.rates)
  const tables = isAllDecided(facts) ? every : every.filter(({ counted }) => counted !== null)
  const cells = auditCells(facts, tables, minDisclosed)
  const hidden = suppressCells(cells.table, minDisclosed)
  const countOf = new Map(cells.table.cells.map(({ id, count }) => [id, count] as const))
  const open: Disclosure = { cells, shown: (id) => (hidden.has(id) ? null : (countOf.get(id) ?? null)) }
  const printed = new Set(tables.flatMap((table) => idsOf(table, cells)).filter((id) => countOf.has(id)))
  return {
    schema: 'probity/published@1',
    ...definitionsOf(facts),
    suppression: {
      minDisclosed,
      cells: printed.size,
      suppressed: [...printed].filter((id) => hidden.has(id)).length,
    },
    tables: tables.map((table) => publishTable(table, audit, open)),
    leftOut: [
      { what: 'near-ties', why: 'rests-on-small-cells' },
      { what: 'label-errors', why: 'rests-on-small-cells' },
      { what: 'estimates', why: 'rests-on-small-cells' },
      { what: 'distributions', why: 'rests-on-small-cells' },
      ...(facts.paired.length > 0 ? [{ what: 'changes' as const, why: 'rests-on-small-cells' as const }] : []),
      ...(facts.ablations.length > 0 ? [{ what: 'ablations' as const, why: 'rests-on-small-cells' as const }] : []),
      ...(facts.policy.limits.length > 0 ? [{ what: 'gate' as const, why: 'rests-on-small-cells' as const }] : []),
      ...(facts.policy.waivers.length > 0 ? [{ what: 'waivers' as const, why: 'names-people' as const }] : []),
      ...(isAllDecided(facts) ? [] : [{ what: 'failure-to-process' as const, why: 'undecided-images' as const }]),
    ],
  }
}

type Disclosure = {
  readonly cells: AuditCells
  /** The count of a cell, or null where it is suppressed. */
  readonly shown: (id: string) => number | null
}

function idsOf(table: RateTable, cells: AuditCells): string[] {
  const own = [cells.ofEveryone(table), ...table.rates.map(({ group }) => cells.ofGroup(table, group))]
  return own.flatMap(({ count, total }) => [count, total])
}

function publishTable(table: RateTable, audit: AuditResult, open: Disclosure): PublishedTableOfRates {
  const { family, probe, outcome, rates } = table
  return {
    probe,
    evidence: family.evidence,
    labelSet: family.labelSet,
    outcome,
    groupBy: family.groupBy,
    everyone: publishRate(open.cells.ofEveryone(table), open),
    rows: rates.map((rate) => publishRow(table, rate, open)),
    ...publishContrasts(table, audit, open),
  }
}

function publishRate({ count, total }: RateCells, { shown }: Disclosure): PublishedRate {
  const [k, n] = [shown(count), shown(total)]
  if (k === null || n === null) return { count: k, total: n, value: null, reason: 'suppressed' }
  return { count: k, total: n, value: k / n } // n is not 0: zero is below every threshold
}

function publishRow(table: RateTable, rate: RateTable['rates'][number], open: Disclosure): PublishedRow {
  const cells = open.cells.ofGroup(table, rate.group)
  const { group, method } = rate
  const { reason, ...numbers } = publishRate(cells, open)
  if (reason !== undefined) return { group, ...numbers, interval: null, method: methodOf(table), reason }
  if (numbers.count !== rate.count || numbers.total !== rate.total) {
    throw new RangeError(`publishAudit expected ${rate.count} of ${rate.total} but received other tallies`)
  }
  return { group, ...numbers, interval: rate.interval, method }
}

/** The method of a table. A group without images has no subjects, so its own method would say that it is empty. */
function methodOf({ subjectCounts }: RateTable): PublishedRow['method'] {
  return subjectCounts === null ? 'wilson' : 'wilson-effective'
}

type Contrasts = Pick<PublishedTableOfRates, 'contrasts' | 'contrastsReason'>

function publishContrasts(table: RateTable, { derived }: AuditResult, open: Disclosure): Contrasts {
  const isShown = (rate: RateRecord): boolean => isRateShown(table, rate, open)
  const comparable = table.rates.filter(({ group }) => isComparable(group))
  if (isChosenByData(table.family, comparable.length) && !comparable.every(isShown)) {
    return { contrasts: null, contrastsReason: 'suppressed' } // their order would say which rate is higher
  }
  const rateById = new Map(derived.rates.map((rate) => [rate.id, rate] as const))
  const findingOf = new Map(derived.findings.map((finding) => [finding.contrast, finding] as const))
  const isOpen = ({ sides }: Contrast): boolean =>
    sides.every(({ rate }) => {
      const record = rateById.get(rate)
      return record !== undefined && isShown(record)
    })
  const family = derived.contrasts.filter((contrast) => contrast.family === table.family.id)
  const isWhole = family.every(isOpen)
  return {
    contrasts: family
      .filter(({ outcome }) => outcome === table.outcome)
      .map((contrast) =>
        publishContrast(contrast, findingOf.get(contrast.id), {
          isOpen: isOpen(contrast),
          isWhole,
          isHolm: table.family.adjustment === 'holm',
        }),
      ),
  }
}

/** Which group a two-valued attribute or the reference `best` compares depends on which rate is higher. */
function isChosenByData({ reference, groupBy }: Family, comparable: number): boolean {
  return reference.kind === 'best' || (reference.kind !== 'named' && groupBy.length === 1 && comparable === 2)
}

function isComparable(group: Group): boolean {
  return group.every(([, value]) => value !== UNKNOWN)
}

/** Everyone else is everyone less the group, so it is shown where both are. */
function isRateShown(table: RateTable, { group, restOf }: RateRecord, { cells, shown }: Disclosure): boolean {
  const isOpen = ({ count, total }: RateCells): boolean => shown(count) !== null && shown(total) !== null
  if (group !== null) return isOpen(cells.ofGroup(table, group))
  const left = table.rates.find(({ id }) => id === restOf)
  return isOpen(cells.ofEveryone(table)) && (left === undefined || isOpen(cells.ofGroup(table, left.group)))
}

type Openness = { readonly isOpen: boolean; readonly isWhole: boolean; readonly isHolm: boolean }

/** A q rests on every p of its family, and so does a verdict by Holm's steps. */
function publishContrast(
  contrast: Contrast,
  finding: Finding | undefined,
  { isOpen, isWhole, isHolm }: Openness,
): PublishedContrast {
  const [group, reference] = contrast.sides
  const sides = { group: group.group, reference: reference.reference, referenceGroup: reference.group }
  if (!isOpen || finding === undefined) {
    return { ...sides, difference: null, ratio: null, verdict: null, q: null, reason: 'suppressed' }
  }
  const isVerdictOpen = isWhole || !isHolm
  return {
    ...sides,
    difference: publishComparison(contrast.difference),
    ratio: publishComparison(contrast.ratio),
    verdict: isVerdictOpen ? publishVerdict(finding.verdict) : null,
    q: isWhole ? contrast.q : null,
    ...(isVerdictOpen ? {} : { verdictReason: 'suppressed' as const }),
    ...qReason(contrast, isWhole),
  }
}

function qReason({ q, qReason: reason }: Contrast, isWhole: boolean): Pick<PublishedContrast, 'qReason'> {
  if (!isWhole) return { qReason: 'suppressed' }
  return q === null && reason !== undefined ? { qReason: reason } : {}
}

function publishComparison({ value, interval, unbounded, reason, intervalReason }: Comparison): PublishedComparison {
  const why = reason ?? intervalReason
  return { value, interval, ...(unbounded ? { unbounded } : {}), ...(why === undefined ? {} : { reason: why }) }
}

/** Without the number of images or people that an insufficient verdict carries. */
function publishVerdict(verdict: Verdict): PublishedVerdict {
  if (verdict.kind === 'disparity' || verdict.kind === 'within-margin') return verdict
  return { kind: verdict.kind, reason: verdict.reason }
}

type Definitions = Omit<PublishedAudit, 'schema' | 'suppression' | 'tables' | 'leftOut'>

/** What judging needs. That a group's case is let through says that it is beyond a limit, so waivers stay inside whole, and so does a hash
 *  over them. */
function publishPolicy({ waivers, sha256, ...judging }: Policy): PublishedPolicy {
  return waivers.length === 0 ? { ...judging, sha256 } : { ...judging, sha256: null, sha256Reason: 'covers-waivers' }
}

/** What was asked, of what, by which limits. Without paths, hashes of private files, and the system's description. */
function definitionsOf({ simulated, tool, dataset, models, evidence, policy, labelSets, probes }: Facts): Definitions {
  return {
    simulated,
    tool,
    dataset: {
      ...{ id: dataset.id, crop: dataset.crop, licence: dataset.licence },
      ...(dataset.permittedUse === undefined ? {} : { permittedUse: dataset.permittedUse }),
    },
    models: models.map(({ id, name, sha256 }) => ({ id, name, sha256 })),
    evidence: evidence.map((each) => {
      const { id, kind, model } = each
      return { id, kind, model, ...(each.kind === 'vectors' ? { name: each.source.model } : {}) }
    }),
    policy: publishPolicy(policy),
    labelSets: labelSets.map(({ id, title, sha256, templates, promptsSha256, outcomes, labels }) => ({
      id,
      title,
      sha256,
      templates,
      promptsSha256,
      outcomes,
      labels,
    })),
    probes: probes.map(({ id, sha256, question, measure, derive, caveats }) => ({
      id,
      sha256,
      question,
      measure,
      derive,
      caveats,
    })),
  }
}
