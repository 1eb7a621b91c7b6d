import type { AuditResult } from '../types/audit.js'
import type { Group } from '../types/groups.js'
import type { ChangeContrast, ChangeRecord, PairFacts, PairedImages, PairedRate } from '../types/paired.js'
import { csvText, type CsvCell } from './csv.js'
import { groupText, levelName } from './csv-cells.js'
import { labelKey } from './label-codes.js'
import type { Locale } from './locale.js'
import { verdictDetail } from './verdict-detail.js'

/** The tables of runs on the same images, each only where it has a row: changes, flows, differences between changes, three or more
 *  runs at once, and single labels taken out or added. */
export function designCsvTables(audit: AuditResult, locale: Locale): { name: string; text: string }[] {
  const { changes, changeContrasts, flowTests, jointTests, ablations } = audit.derived
  return [
    ...(changes.length > 0 ? [{ name: 'changes.csv', text: changesCsv(audit, locale) }] : []),
    ...(flowTests.length > 0 ? [{ name: 'flows.csv', text: flowsCsv(audit, locale) }] : []),
    ...(changeContrasts.length > 0 ? [{ name: 'change-contrasts.csv', text: contrastsCsv(audit, locale) }] : []),
    ...(jointTests.length > 0 ? [{ name: 'joint.csv', text: jointCsv(audit, locale) }] : []),
    ...(ablations.length > 0 ? [{ name: 'ablations.csv', text: ablationsCsv(audit, locale) }] : []),
  ]
}

const PAIR = ['simulated', 'first_evidence', 'first_label_set', 'second_evidence', 'second_label_set']
const IMAGES = ['both', 'only_first', 'only_second', 'neither']

type PairCells = (id: string) => CsvCell[]

function pairCells({ facts }: AuditResult): PairCells {
  const pairs = new Map(facts.paired.map((pair) => [pair.id, pair]))
  return (id) => {
    const pair = pairs.get(id)
    if (pair === undefined) throw new Error(`audit.json: expected a pair "${id}" but the audit holds none`)
    return namesOf(pair, facts.simulated)
  }
}

function namesOf({ evidence, labelSets }: PairFacts, simulated: boolean): CsvCell[] {
  return [simulated, evidence[0], labelSets[0], evidence[1], labelSets[1]]
}

function changesCsv(audit: AuditResult, locale: Locale): string {
  const level = levelName(audit)
  const pairOf = pairCells(audit)
  const header = [
    ...PAIR,
    ...['probe', 'outcome', 'group_by', 'group', ...IMAGES, 'unpaired'],
    ...rateNames('first', level),
    ...rateNames('second', level),
    ...differenceNames('change', level),
    ...[
      'verdict',
      'direction_or_reason',
      'as_decided',
      'one_way',
      'level',
      'p_mcnemar_mid',
      'p_undefined',
      'q',
      'left_share',
    ],
  ]
  const rows = audit.derived.changes.map((change) => [
    ...pairOf(change.pair),
    ...placeCells(change, locale),
    ...imageCells(change.paired),
    change.unpaired,
    ...rateCells(change.rates[0]),
    ...rateCells(change.rates[1]),
    ...differenceCells(change),
    change.verdict.kind,
    verdictDetail(change.verdict),
    asDecided(change),
    change.oneWay ?? '',
    change.level,
    change.p,
    change.pReason ?? '',
    change.q,
    change.leftShare,
  ])
  return csvText(header, rows)
}

function contrastsCsv(audit: AuditResult, locale: Locale): string {
  const level = levelName(audit)
  const pairOf = pairCells(audit)
  const side = (name: string): string[] => [
    ...IMAGES.map((image) => `${name}${image}`),
    ...[`${name}change`, `${name}change_low_${level}`, `${name}change_high_${level}`],
  ]
  const header = [
    ...PAIR,
    ...['probe', 'outcome', 'group_by', 'group', 'reference'],
    ...side(''),
    ...side('reference_'),
    ...differenceNames('difference', level),
    ...['verdict', 'direction_or_reason', 'as_decided', 'level', 'p_equal_changes', 'p_undefined'],
  ]
  const rows = audit.derived.changeContrasts.map((contrast) => [
    ...pairOf(contrast.pair),
    ...placeCells(contrast, locale),
    contrast.reference === null ? locale.text('reference.rest') : groupText(contrast.reference),
    ...sideCells(contrast.paired, contrast.changes[0]),
    ...sideCells(contrast.referencePaired, contrast.changes[1]),
    ...differenceCells(contrast),
    contrast.verdict.kind,
    verdictDetail(contrast.verdict),
    asDecided(contrast),
    contrast.level,
    contrast.p,
    contrast.pReason ?? '',
  ])
  return csvText(header, rows)
}

/** Two kinds of rows: `outcome` for flows between outcome categories, `label` for images that got another label. */
function flowsCsv(audit: AuditResult, locale: Locale): string {
  const pairOf = pairCells(audit)
  const key = (label: string): string => labelKey(label, audit)
  const rows = audit.derived.flowTests.flatMap((test) => {
    const place = [
      ...pairOf(test.pair),
      test.groupBy.join(' × '),
      groupOrAll(test.group, locale),
      test.images,
      test.moved,
    ]
    const tested = [test.statistic, test.degreesOfFreedom, test.p, test.method ?? '', test.reason ?? '']
    return [
      ...test.outcomes.map(([from, to, images]) => [...place, 'outcome', from, to, images, null, ...tested]),
      ...test.labels.map(([from, to, images, of]) => [...place, 'label', key(from), key(to), images, of, ...tested]),
    ]
  })
  const header = [
    ...PAIR,
    ...['group_by', 'group', 'images', 'moved', 'between', 'from', 'to', 'flow', 'of_label_before'],
    ...['equal_statistic', 'equal_df', 'equal_p', 'equal_method', 'equal_undefined'],
  ]
  return csvText(header, rows)
}

/** One row per run, so that any number of runs fits one header. */
function jointCsv(audit: AuditResult, locale: Locale): string {
  const joint = new Map(audit.facts.joint.map((facts) => [facts.id, facts]))
  const rows = audit.derived.jointTests.flatMap((test) => {
    const facts = joint.get(test.joint)
    if (facts === undefined) throw new Error(`audit.json: expected "${test.joint}" but the audit holds none`)
    return facts.runs.map(([evidence, labelSet], run) => [
      audit.facts.simulated,
      test.joint,
      ...[test.probe, test.outcome, test.groupBy.join(' × '), groupOrAll(test.group, locale)],
      ...[evidence, labelSet, test.flagged[run] ?? 0, test.images],
      ...[test.statistic, test.degreesOfFreedom, test.p, test.reason ?? ''],
    ])
  })
  const header = [
    ...['simulated', 'joint', 'probe', 'outcome', 'group_by', 'group', 'evidence', 'label_set', 'count', 'total'],
    ...['cochran_q', 'df', 'p', 'undefined'],
  ]
  return csvText(header, rows)
}

function ablationsCsv(audit: AuditResult, locale: Locale): string {
  const level = levelName(audit)
  const facts = new Map(audit.facts.ablations.map((ablation) => [ablation.id, ablation]))
  const rows = audit.derived.ablations.map((record) => {
    const ablation = facts.get(record.ablation)
    if (ablation === undefined) throw new Error(`audit.json: expected "${record.ablation}" but the audit holds none`)
    return [
      audit.facts.simulated,
      ...[
        ablation.evidence,
        ablation.labelSet,
        ablation.action,
        labelKey(ablation.label.id, audit),
        ablation.label.outcome,
      ],
      ...placeCells(record, locale),
      ...imageCells(record.paired),
      ...[record.change, record.interval?.[0] ?? null, record.interval?.[1] ?? null],
      ...[record.gapChange, record.leftShare, record.rank],
    ]
  })
  const header = [
    ...['simulated', 'evidence', 'label_set', 'action', 'label', 'label_outcome'],
    ...['probe', 'outcome', 'group_by', 'group', ...IMAGES],
    ...['change', `change_low_${level}`, `change_high_${level}`, 'gap_change', 'left_share', 'rank'],
  ]
  return csvText(header, rows)
}

type Placed = Pick<ChangeRecord, 'probe' | 'outcome' | 'groupBy' | 'group'>

function placeCells({ probe, outcome, groupBy, group }: Placed, locale: Locale): CsvCell[] {
  return [probe, outcome, groupBy.join(' × '), groupOrAll(group, locale)]
}

function groupOrAll(group: Group, { text }: Locale): string {
  return group.length === 0 ? text('reference.overall') : groupText(group)
}

function imageCells({ both, onlyFirst, onlySecond, neither }: PairedImages): CsvCell[] {
  return [both, onlyFirst, onlySecond, neither]
}

function sideCells(images: PairedImages, { value, interval }: ChangeContrast['changes'][number]): CsvCell[] {
  return [...imageCells(images), value, interval?.[0] ?? null, interval?.[1] ?? null]
}

function rateNames(side: string, level: string): string[] {
  return [`${side}_count`, `${side}_total`, `${side}_rate`, `${side}_rate_low_${level}`, `${side}_rate_high_${level}`]
}

function rateCells({ count, total, value, interval }: PairedRate): CsvCell[] {
  return [count, total, value, interval?.[0] ?? null, interval?.[1] ?? null]
}

function differenceNames(what: string, level: string): string[] {
  return ['', `_low_${level}`, `_high_${level}`, '_low_adjusted', '_high_adjusted', '_undefined'].map(
    (end) => `${what}${end}`,
  )
}

function differenceCells({ difference }: ChangeRecord | ChangeContrast): CsvCell[] {
  const { value, interval, adjusted, reason } = difference
  return [
    value,
    ...[interval?.[0] ?? null, interval?.[1] ?? null],
    ...[adjusted?.[0] ?? null, adjusted?.[1] ?? null],
    reason ?? '',
  ]
}

/** The verdict before near-ties were tried the other way, where it was another. */
function asDecided({ verdict, asDecided: before }: ChangeRecord | ChangeContrast): string {
  return JSON.stringify(verdict) === JSON.stringify(before) ? '' : [before.kind, verdictDetail(before)].join(' ')
}
