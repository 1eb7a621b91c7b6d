import type { AuditResult } from '../types/audit.js'
import type { RateRecord } from '../types/derived.js'
import type { Group } from '../types/groups.js'
import type { CsvCell } from './csv.js'
import { levelDigits } from './numbers.js'

/** Columns that say what a row is about; the first of every table says whether the data are simulated. */
export const PLACE = ['simulated', 'probe', 'evidence', 'label_set', 'outcome', 'group_by', 'group']

type Place = Pick<RateRecord, 'probe' | 'evidence' | 'labelSet' | 'outcome' | 'groupBy'>

/** Cells of the columns of PLACE; `otherwise` stands in place of a group that is none. */
export function placeOf(audit: AuditResult, record: Place, group: Group | null, otherwise: string): CsvCell[] {
  return [
    audit.facts.simulated,
    record.probe,
    record.evidence ?? '',
    record.labelSet ?? '',
    record.outcome,
    record.groupBy.join(' × '),
    group === null ? otherwise : groupText(group),
  ]
}

/** The level of the intervals as part of a column's name: 95, or 99_9. */
export function levelName({ facts }: { readonly facts: Pick<AuditResult['facts'], 'policy'> }): string {
  return levelDigits(facts.policy.alpha).replace('.', '_')
}

/** A group with its attributes: "race Black, gender Male". */
export function groupText(group: Group): string {
  return group.map(([attribute, value]) => `${attribute} ${ageText(value)}`).join(', ')
}

/** Spreadsheets turn 3-9 into a date; with an en dash it stays an age. */
export function ageText(value: string): string {
  return value.replace(/^(\d{1,3})-(\d{1,3})$/, '$1–$2')
}
