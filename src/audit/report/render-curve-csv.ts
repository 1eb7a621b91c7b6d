import type { CurveRecord, CurveResult, CurveTable } from '../types/curve.js'
import type { Group } from '../types/groups.js'
import { csvText, type CsvCell } from './csv.js'
import { groupText, levelName } from './csv-cells.js'

/** A specification curve as CSV for people and spreadsheets: a row per specification, group and outcome, and a row per group and
 *  outcome over all of them. Numbers are unrounded shares; the first column says whether the data are simulated. */
export function renderCurveCsv(curve: CurveResult): { name: string; text: string }[] {
  return [
    { name: 'curve-specifications.csv', text: specificationsCsv(curve) },
    { name: 'curve-summary.csv', text: summaryCsv(curve) },
  ]
}

function specificationsCsv(curve: CurveResult): string {
  const { facts } = curve
  const level = levelName(curve)
  const header = [
    'simulated',
    'specification',
    'as_written',
    ...facts.factors.map(({ id }) => `choice ${id}`), // an id is a user's text like any other
    ...['labels', 'prompts_sha256', 'outcome', 'group_by', 'group', 'count', 'total'],
    ...['difference', `difference_low_${level}`, `difference_high_${level}`, 'verdict'],
  ]
  const groups = facts.tables.flatMap((table, t) =>
    table.groups.map((group, g) => ({ table, group, g, record: recordOf(curve, t, group) })),
  )
  const rows = facts.specifications.flatMap((specification, s) => {
    const asked = [
      facts.simulated,
      s + 1,
      s === facts.asWritten,
      ...specification.choices.map((choice, f) => facts.factors[f]?.choices[choice]?.id ?? ''),
      specification.labels,
      specification.promptsSha256,
    ]
    return groups.map(({ table, group, g, record }) => [
      ...asked,
      ...placeCells(table, group),
      table.counts[s]?.[g] ?? null,
      table.totals[g] ?? null,
      record?.differences[s] ?? null,
      record?.intervals[s]?.[0] ?? null,
      record?.intervals[s]?.[1] ?? null,
      record?.verdicts[s] ?? '',
    ])
  })
  return csvText(header, rows)
}

function placeCells({ outcome, groupBy }: CurveTable, group: Group): CsvCell[] {
  return [outcome.id, groupBy.join(' × '), groupText(group)]
}

/** Groups that are not compared, and the second of two, have counts and no record. */
function recordOf({ derived }: CurveResult, table: number, group: Group): CurveRecord | undefined {
  const wanted = JSON.stringify(group)
  return derived.records.find((record) => record.table === table && JSON.stringify(record.group) === wanted)
}

const VERDICTS = ['higher', 'lower', 'within-margin', 'inconclusive', 'insufficient'] as const
const CHANCE = [
  'chance_median_size_mean',
  'chance_median_size_95',
  'joint_p_median',
  'chance_share_mean',
  'chance_share_95',
  'joint_p_share',
]

function summaryCsv({ facts, derived }: CurveResult): string {
  const header = [
    ...['simulated', 'outcome', 'group_by', 'group', 'total', 'specifications'],
    ...VERDICTS.map((verdict) => `specifications_${verdict.replace('-', '_')}`),
    ...VERDICTS.map((verdict) => `share_${verdict.replace('-', '_')}`),
    ...['lowest', 'first_quartile', 'median', 'third_quartile', 'highest', 'changes_sign', ...CHANCE, 'draws'],
    ...facts.factors.map(({ id }) => `variance share ${id}`),
    ...['variance share of choices together', 'variance_undefined'],
    ...facts.factors.map(({ id }) => `largest range ${id}`),
    ...['kendall_w', 'kendall_w_undefined'],
  ]
  const rows = derived.records.flatMap((record) => {
    const table = facts.tables[record.table]
    if (table === undefined) return []
    const rank = derived.ranks.find((each) => each.table === record.table)
    return [
      [
        facts.simulated,
        ...placeCells(table, record.group),
        table.totals[groupPlace(table, record.group)] ?? null,
        record.verdicts.length,
        ...VERDICTS.map((verdict) => record.verdicts.filter((each) => each === verdict).length),
        ...VERDICTS.map((verdict) => record.shares[verdict]),
        record.lowest,
        ...(record.quartiles ?? [null, null, null]),
        record.highest,
        record.changesSign,
        ...chanceCells(table, record.group),
        ...facts.factors.map((_, f) => record.variance?.factors[f] ?? null),
        record.variance?.rest ?? null,
        record.varianceReason ?? '',
        ...facts.factors.map((_, f) => record.ranges?.[f] ?? null),
        rank?.kendallW ?? null,
        rank?.reason ?? '',
      ],
    ]
  })
  return csvText(header, rows)
}

function chanceCells(table: CurveTable, group: Group): CsvCell[] {
  const chance = table.jointNull.groups[groupPlace(table, group)] ?? null
  const cells =
    chance === null
      ? CHANCE.map(() => null)
      : [chance.medianDifference, chance.shareBeyondMargin].flatMap(({ mean, percentile95, p }) => [
          mean,
          percentile95,
          p,
        ])
  return [...cells, table.jointNull.draws]
}

function groupPlace({ groups }: CurveTable, group: Group): number {
  const wanted = JSON.stringify(group)
  return groups.findIndex((each) => JSON.stringify(each) === wanted)
}
