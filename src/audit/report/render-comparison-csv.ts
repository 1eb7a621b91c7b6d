import type { AuditComparison, ComparedFinding, ComparedSide } from '../types/audit-comparison.js'
import { csvText, type CsvCell } from './csv.js'
import { groupText } from './csv-cells.js'

const SIDE = ['finding', 'verdict', 'severity', 'count', 'total', 'reference_count', 'reference_total']
const HEADER = [
  'simulated',
  'change',
  'reason',
  'decided_by',
  'probe',
  'evidence_before',
  'evidence_after',
  'label_set_before',
  'label_set_after',
  'outcome',
  'group_by',
  'group',
  ...SIDE.map((name) => `${name}_before`),
  ...SIDE.map((name) => `${name}_after`),
  'paired_both',
  'paired_only_before',
  'paired_only_after',
  'paired_neither',
  'change_value',
  'change_low',
  'change_high',
  'change_verdict',
  'independent_value',
  'independent_low',
  'independent_high',
]

/** One row per finding, in the order of the page. */
export function renderComparisonCsv(comparison: AuditComparison): { name: string; text: string }[] {
  const isSimulated = comparison.audits.some(({ simulated }) => simulated)
  const rows = comparison.findings.map((finding) => [isSimulated, ...rowOf(finding)])
  return [{ name: 'comparison.csv', text: csvText(HEADER, rows) }]
}

function rowOf(finding: ComparedFinding): CsvCell[] {
  const { change, reason, decidedBy, probe, evidence, labelSets, outcome, groupBy, group } = finding
  return [
    change,
    reason,
    decidedBy,
    probe,
    ...evidence,
    ...labelSets,
    outcome,
    groupBy.join(' × '),
    groupText(group),
    ...sideCells(finding.first),
    ...sideCells(finding.second),
    ...pairedCells(finding.paired),
    ...independentCells(finding.independent),
  ]
}

function sideCells(side: ComparedSide | null): CsvCell[] {
  if (side === null) return SIDE.map(() => null)
  const { finding, verdict, severity, count, total, referenceCount, referenceTotal } = side
  const word = verdict.kind === 'disparity' ? `${verdict.kind}, ${verdict.direction}` : verdict.kind
  return [finding, word, severity, count, total, referenceCount, referenceTotal]
}

function pairedCells(paired: ComparedFinding['paired']): CsvCell[] {
  if (paired === null) return [null, null, null, null, null, null, null, null]
  const { both, onlyFirst, onlySecond, neither } = paired.paired
  const { value, adjusted } = paired.difference
  const { verdict } = paired
  const word = verdict.kind === 'change' ? `${verdict.kind}, ${verdict.direction}` : verdict.kind
  return [both, onlyFirst, onlySecond, neither, value, adjusted?.[0] ?? null, adjusted?.[1] ?? null, word]
}

function independentCells(independent: ComparedFinding['independent']): CsvCell[] {
  return independent === null ? [null, null, null] : [independent.value, ...independent.interval]
}
