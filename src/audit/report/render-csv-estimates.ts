import type { AuditResult } from '../types/audit.js'
import type { SpreadEstimate, StandardisedEstimate, StandardisedValue } from '../types/estimates.js'
import { csvText, type CsvCell } from './csv.js'
import { groupText, levelName, PLACE, placeOf } from './csv-cells.js'
import type { Locale } from './locale.js'

/** How far the groups of every grouping lie apart: one row per outcome and measure, each beside what chance alone gives. */
export function spreadCsv(audit: AuditResult): string {
  const rows = audit.derived.estimates.flatMap((estimate) =>
    estimate.kind === 'spread' ? spreadRows(audit, estimate) : [],
  )
  return csvText(SPREAD_HEADER, rows)
}

const SPREAD_HEADER = [
  ...PLACE.filter((name) => name !== 'group'),
  ...['groups', 'highest', 'lowest', 'measure', 'value', 'undefined', 'smoothed'],
  ...['chance_centre', 'chance_19_of_20', 'chance_undefined', 'p', 'draws'],
  ...['equal_rates_statistic', 'equal_rates_df', 'equal_rates_p', 'equal_rates_method', 'equal_rates_undefined'],
]

/** An estimate without measures keeps one row, so that its reason is not lost. */
function spreadRows(audit: AuditResult, estimate: SpreadEstimate): CsvCell[][] {
  const { groups, highest, lowest, measures, equalRates, draws } = estimate
  const reason = estimate.reason ?? ''
  const named = [
    ...placeOf(audit, estimate, null, '').slice(0, -1),
    groups,
    highest === null ? '' : groupText(highest),
    lowest === null ? '' : groupText(lowest),
  ]
  const { statistic, degreesOfFreedom, p, method } = equalRates
  const equal = [statistic, degreesOfFreedom, p, method, equalRates.reason ?? '']
  if (measures.length === 0) return [[...named, '', null, reason, null, null, null, reason, null, draws, ...equal]]
  return measures.map((measure) => [
    ...named,
    measure.measure,
    measure.value,
    measure.reason ?? '',
    measure.smoothed ?? false,
    ...chanceCells(measure),
    draws,
    ...equal,
  ])
}

/** A figure of chance that is infinite is written as a word: an empty cell would read as unknown. */
function chanceCells({ parity, parityReason }: SpreadEstimate['measures'][number]): CsvCell[] {
  if (parity === null) return [null, null, parityReason ?? '', null]
  const missing = parity.unbounded === true ? 'unbounded' : null
  return [parity.centre ?? missing, parity.percentile95 ?? missing, '', parity.p]
}

/** Differences at an equal mix of other attributes: one row per comparison. */
export function standardisedCsv(audit: AuditResult, locale: Locale): string {
  const level = levelName(audit)
  const bounds = (name: string): string[] => [name, `${name}_low_${level}`, `${name}_high_${level}`]
  const header = [
    ...PLACE,
    ...['reference', 'over', 'combinations', 'combinations_left_out', 'images_left_out'],
    ...['rate', 'reference_rate', 'difference', 'common_difference'].flatMap(bounds),
    ...['same_in_all_p', 'undefined', 'interval_undefined', 'common_undefined', 'same_in_all_undefined'],
  ]
  const rows = audit.derived.estimates.flatMap((estimate) =>
    estimate.kind === 'standardised' ? [standardisedRow(audit, estimate, locale)] : [],
  )
  return csvText(header, rows)
}

function standardisedRow(audit: AuditResult, estimate: StandardisedEstimate, { text }: Locale): CsvCell[] {
  const { group, reference, over, rates, difference, common, sameInAllStrata } = estimate
  return [
    ...placeOf(audit, estimate, group, ''),
    reference === null ? text('reference.rest') : groupText(reference),
    over.join(' × '),
    estimate.strata,
    estimate.strataLeftOut,
    estimate.imagesLeftOut,
    ...[rates?.[0] ?? null, rates?.[1] ?? null, difference, common].flatMap(valueCells),
    sameInAllStrata?.p ?? null,
    estimate.reason ?? '',
    difference?.intervalReason ?? '',
    estimate.commonReason ?? '',
    sameInAllStrata?.reason ?? '',
  ]
}

function valueCells(value: StandardisedValue | null): CsvCell[] {
  return [value?.value ?? null, value?.interval?.[0] ?? null, value?.interval?.[1] ?? null]
}
