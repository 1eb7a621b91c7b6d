import type { AuditResult } from '../types/audit.js'
import type { AuditIndex } from './audit-index.js'
import { csvText, type CsvCell } from './csv.js'
import { groupText, levelName, PLACE, placeOf } from './csv-cells.js'
import type { Locale } from './locale.js'
import { evidenceName, hasSeveralModels, referenceKindName } from './names.js'
import { seenFrom, turnedDirection } from './seen-from.js'
import type { Group } from '../types/groups.js'

/** Every comparison under every model, one row for each of the two, with what holds across models: across-models.csv. Empty where the
 *  audit holds one model. */
export function acrossModelsCsv(
  audit: AuditResult,
  index: AuditIndex,
  locale: Locale,
): { name: string; text: string }[] {
  if (!hasSeveralModels(audit)) return []
  const level = levelName(audit)
  const header = [
    ...PLACE,
    ...['model', 'reference', 'verdict', 'direction', 'count', 'total', 'rate'],
    ...[`rate_low_${level}`, `rate_high_${level}`, 'reference_count', 'reference_total', 'reference_rate'],
    ...['finding', 'holds_across_models', 'holds_direction'],
  ]
  const rows = audit.derived.agreement.flatMap((entry) =>
    audit.facts.evidence.map(({ id }, i): CsvCell[] => {
      const finding = entry.findings[i] ?? null
      return [
        ...placeOf(audit, { ...entry, evidence: id }, entry.group, ''),
        evidenceName(id, audit),
        ...(finding === null ? new Array<null>(11).fill(null) : findingCells(finding, entry.group, { index, locale })),
        finding ?? '',
        entry.holds,
        entry.direction ?? '',
      ]
    }),
  )
  return [{ name: 'across-models.csv', text: csvText(header, rows) }]
}

type Sources = { readonly index: AuditIndex; readonly locale: Locale }

function findingCells(id: string, group: Group, { index, locale }: Sources): CsvCell[] {
  const { verdict, contrast: contrastId } = index.finding(id)
  const contrast = index.contrast(contrastId)
  const { rate, otherRate, other, isTurned } = seenFrom(group, contrast)
  const { count, total, value, interval } = index.rate(rate)
  const reference = index.rate(otherRate)
  return [
    other === null ? referenceKindName(contrast.sides[1].reference, locale) : groupText(other),
    verdict.kind,
    verdict.kind === 'disparity' ? turnedDirection(verdict.direction, isTurned) : '',
    ...[count, total, value, interval?.[0] ?? null, interval?.[1] ?? null],
    ...[reference.count, reference.total, reference.value],
  ]
}
