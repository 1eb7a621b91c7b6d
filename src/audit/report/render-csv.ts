import type { AuditResult } from '../types/audit.js'
import type { Comparison, RateRecord } from '../types/derived.js'
import { indexAudit, type AuditIndex } from './audit-index.js'
import { csvText, type CsvCell } from './csv.js'
import { ageText, groupText, levelName, PLACE, placeOf } from './csv-cells.js'
import { type Locale } from './locale.js'
import { hasSeveralModels, referenceKindName } from './names.js'
import { acrossModelsCsv } from './render-csv-models.js'
import { figuresCsv } from './render-csv-figures.js'
import { designCsvTables } from './render-csv-designs.js'
import { spreadCsv, standardisedCsv } from './render-csv-estimates.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { verdictDetail } from './verdict-detail.js'
import { figureText } from './view/published.js'
import { wordsFor } from './words.js'

/** The tables of an audit as CSV for people and spreadsheets: every rate, every contrast with both sides, how far groups lie
 *  apart, differences at an equal mix, every cell with its unreadable images, published figures, and of several models what holds across them. Numbers are unrounded
 *  shares; the first column says whether the data are simulated. */
export function renderCsvTables(audit: AuditResult, options: ReportOptions = {}): { name: string; text: string }[] {
  const locale = localeOf(options)
  const index = indexAudit(audit)
  return [
    { name: 'rates.csv', text: ratesCsv(audit, index, locale) },
    { name: 'contrasts.csv', text: contrastsCsv(audit, index, locale) },
    { name: 'spread.csv', text: spreadCsv(audit) },
    { name: 'standardised.csv', text: standardisedCsv(audit, locale) },
    { name: 'cells.csv', text: cellsCsv(audit) },
    { name: 'published.csv', text: publishedCsv(audit, locale) },
    ...figuresCsv(wordsFor(audit, locale)),
    ...designCsvTables(audit, locale),
    ...acrossModelsCsv(audit, index, locale),
  ]
}

function ratesCsv(audit: AuditResult, index: AuditIndex, locale: Locale): string {
  const steadied = new Map(
    audit.derived.estimates.flatMap((estimate) =>
      estimate.kind === 'shrunken' ? estimate.rates.map((rate) => [rate.rate, rate] as const) : [],
    ),
  )
  const rows = audit.derived.rates.map((rate) => {
    const steady = steadied.get(rate.id)
    return [
      ...placeOf(audit, rate, rate.group, otherSide(rate, index, locale)),
      ...sideCells(rate),
      rate.reason ?? '',
      rate.method,
      rate.subjects ?? null,
      rate.designEffect ?? null,
      steady?.value ?? null,
      steady?.interval[0] ?? null,
      steady?.interval[1] ?? null,
    ]
  })
  const level = levelName(audit)
  const steadiedNames = ['steadied_rate', `steadied_low_${level}`, `steadied_high_${level}`]
  return csvText(
    [...PLACE, ...sideNames(audit), 'reason', 'interval_method', 'subjects', 'design_effect', ...steadiedNames],
    rows,
  )
}

/** Whom a rate without a group of its own is about. */
function otherSide({ restOf }: RateRecord, index: AuditIndex, { text }: Locale): string {
  if (restOf === undefined) return text('reference.overall')
  return text('csv.everyone-but', { group: groupText(index.rate(restOf).group ?? []) })
}

function sideNames(audit: AuditResult): string[] {
  const level = levelName(audit)
  return ['count', 'total', 'rate', `rate_low_${level}`, `rate_high_${level}`]
}

function comparisonNames(audit: AuditResult, what: string): string[] {
  const level = levelName(audit)
  return ['', `_low_${level}`, `_high_${level}`, '_low_adjusted', '_high_adjusted', '_undefined'].map(
    (end) => `${what}${end}`,
  )
}

function contrastsCsv(audit: AuditResult, index: AuditIndex, locale: Locale): string {
  const header = [
    ...PLACE,
    'reference',
    ...sideNames(audit),
    ...sideNames(audit).map((name) => `reference_${name}`),
    ...comparisonNames(audit, 'difference'),
    ...comparisonNames(audit, 'ratio'),
    ...[
      'verdict',
      'direction_or_reason',
      'harm',
      'severity',
      'level',
      'p_margin',
      'q',
      'p_exact',
      'detectable_rate',
      'images_needed',
      'label_errors_fewest',
      'label_errors_random_share',
      'finding',
    ],
  ]
  const rows = audit.derived.contrasts.map((contrast) => {
    const [group, reference] = contrast.sides
    const finding = index.findingOf(contrast.id)
    const { verdict } = finding ?? {}
    return [
      ...placeOf(audit, contrast, group.group, ''),
      reference.group === null ? referenceKindName(reference.reference, locale) : groupText(reference.group),
      ...sideCells(index.rate(group.rate)),
      ...sideCells(index.rate(reference.rate)),
      ...comparisonCells(contrast.difference),
      ...comparisonCells(contrast.ratio),
      verdict?.kind ?? '',
      verdict === undefined ? '' : verdictDetail(verdict),
      finding?.harm ?? '',
      finding?.severity ?? '',
      contrast.level,
      contrast.p,
      contrast.q,
      contrast.exactP,
      contrast.detectableRate,
      contrast.needed,
      contrast.labelErrors.fewest,
      contrast.labelErrors.randomShare,
      finding?.id ?? '',
    ]
  })
  return csvText(header, rows)
}

function sideCells({ count, total, value, interval }: RateRecord): CsvCell[] {
  return [count, total, value, interval?.[0] ?? null, interval?.[1] ?? null]
}

/** An upper bound that is infinite is written as a word: an empty cell would read as unknown. */
function comparisonCells(comparison: Comparison): CsvCell[] {
  const high = (bounds: Comparison['interval'], unbounded: true | undefined): CsvCell =>
    bounds?.[1] ?? (unbounded === true ? 'unbounded' : null)
  return [
    comparison.value,
    comparison.interval?.[0] ?? null,
    high(comparison.interval, comparison.unbounded),
    comparison.adjusted?.[0] ?? null,
    high(comparison.adjusted, comparison.adjustedUnbounded),
    comparison.reason ?? '',
  ]
}

function cellsCsv(audit: AuditResult): string {
  const { cells, cellAttributes } = audit.facts.dataset
  const rows = cells.map((cell) => [
    audit.facts.simulated,
    ...cellAttributes.map((attribute) => ageText(cell.group.find(([name]) => name === attribute)?.[1] ?? '')),
    cell.in,
    cell.processed,
    cell.excluded.map(([reason, images]) => `${reason}: ${images}`).join('; '),
    cell.quarantined.map(([code, images]) => `${code}: ${images}`).join('; '),
  ])
  return csvText(
    ['simulated', ...cellAttributes.map(headerCell), 'rows_in', 'processed', 'excluded', 'quarantined'],
    rows,
  )
}

/** An attribute's name is a user's text like any other. */
function headerCell(attribute: string): string {
  return `attribute ${attribute}`
}

function publishedCsv(audit: AuditResult, locale: Locale): string {
  const words = wordsFor(audit, locale)
  const isOneOfSeveral = hasSeveralModels(audit)
  const rows = audit.derived.published.map((record) => {
    const rate = record.rate === null ? null : words.index.rate(record.rate)
    return [
      audit.facts.simulated,
      record.table,
      record.source,
      record.probe,
      record.labelSet,
      record.outcome,
      groupText(record.group),
      figureText(record.figure, words),
      ...(rate === null ? [null, null, null, null, null] : sideCells(rate)),
      record.status ?? '',
      record.statusReason ?? record.rateReason ?? '',
      ...(isOneOfSeveral ? [record.evidence] : []),
    ]
  })
  const header = [
    'simulated',
    'table',
    'source',
    'probe',
    'label_set',
    'outcome',
    'group',
    'published',
    ...sideNames(audit),
    'status',
    'reason',
    ...(isOneOfSeveral ? ['evidence'] : []),
  ]
  return csvText(header, rows)
}
