import type { PublishedRecord } from '../../types/derived.js'
import type { PublishedFigure } from '../../types/definitions.js'
import { designName, fullGroupName, outcomeName, printable, saidText } from '../names.js'
import type { Words } from '../words.js'

/** Published figures: the tables of the first source, those of every further source to be closed one by one, and a line for each
 *  table whose label set was not run. */
export type Published = {
  readonly open: readonly PublishedView[]
  readonly closed: readonly PublishedView[]
  readonly notRun: readonly string[]
}

/** One table of a source, each figure beside our own rate of the same group, with its status and the reason. */
export type PublishedView = {
  readonly id: string
  readonly caption: string
  /** Source and outcome, the line of a closed table. */
  readonly summary: string
  /** Said once under the table when it holds for every row. */
  readonly reason: string
  readonly note: string
  readonly rows: readonly PublishedRow[]
}

type PublishedRow = {
  readonly group: string
  readonly figure: string
  readonly counts: string
  readonly rate: string
  readonly status: string
  readonly reason: string
}

type Table = { readonly id: string; readonly first: PublishedRecord; readonly records: readonly PublishedRecord[] }

/** Every published table of the audit, in its order. */
export function published(words: Words): Published {
  const tables = tablesOf(words)
  const isRun = new Set(words.audit.facts.labelSets.map(({ id }) => id))
  const run = tables.filter(({ first }) => isRun.has(first.labelSet))
  const firstSource = sourceName(tables[0]?.first.source ?? '')
  const isFirst = ({ first }: Table): boolean => sourceName(first.source) === firstSource
  const notRun = (missing: readonly Table[]): string[] => [
    ...new Set(
      missing.map(({ first }) =>
        words.locale.text('asked.published-not-run', {
          ...captionSlots(first, words),
          labelSet: printable(first.labelSet),
        }),
      ),
    ),
  ]
  return {
    open: run.filter(isFirst).map((table) => publishedView(table, words)),
    closed: run.filter((table) => !isFirst(table)).map((table) => publishedView(table, words)),
    notRun: notRun(tables.filter(({ first }) => !isRun.has(first.labelSet))),
  }
}

/** Records of one table of one source, label set, outcome and model. */
function tablesOf({ audit }: Words): readonly Table[] {
  const byTable = new Map<string, PublishedRecord[]>()
  for (const record of audit.derived.published) {
    const key = JSON.stringify([record.evidence, record.table, record.labelSet, record.outcome])
    byTable.set(key, [...(byTable.get(key) ?? []), record])
  }
  return [...byTable.values()].flatMap((records, i) => {
    const [first] = records
    return first === undefined ? [] : [{ id: `published-${i}`, first, records }]
  })
}

/** A source without the table it names: "CLIP paper (arXiv 2103.00020), Table 6" and "..., Table 7" are one source. */
function sourceName(source: string): string {
  return source.split(',')[0] ?? source
}

function publishedView({ id, first, records }: Table, words: Words): PublishedView {
  const { audit, locale } = words
  const declared = audit.facts.probes.flatMap((probe) => probe.published).find((table) => table.id === first.table)
  const reasons = new Set(records.map(({ statusReason }) => statusReason ?? ''))
  return {
    id,
    caption: locale.text('asked.published-caption', captionSlots(first, words)),
    summary: locale.text('asked.published-summary', captionSlots(first, words)),
    reason: reasons.size === 1 ? reasonText([...reasons][0], words) : '',
    note: saidText(declared?.note ?? '', locale),
    rows: records.map((record) => ({
      group: fullGroupName(record.group, locale),
      figure: figureText(record.figure, words),
      ...ours(record, words),
      status: locale.text(`published.${record.status ?? 'none'}`),
      reason: reasons.size === 1 ? '' : reasonText(record.statusReason, words),
    })),
  }
}

function captionSlots({ source, outcome, evidence, labelSet }: PublishedRecord, words: Words) {
  const design = designName(evidence, labelSet, words)
  return { source: printable(source), outcome: outcomeName(outcome, words.locale), labelSet: design }
}

function ours(
  { rate, rateReason }: PublishedRecord,
  { index, locale, numbers }: Words,
): { counts: string; rate: string } {
  if (rate === null) return { counts: '', rate: locale.text(`reasons.${rateReason ?? 'design-not-run'}`) }
  const record = index.rate(rate)
  return { counts: numbers.ofTotal(record.count, record.total), rate: numbers.rate(record) }
}

/** A figure as its source prints it. */
export function figureText(figure: PublishedFigure, { locale, numbers }: Words): string {
  return figure.kind === 'percent'
    ? locale.text('numbers.percent', { value: printable(figure.text) })
    : numbers.ofTotal(figure.count, figure.total)
}

/** A reason code in words where the locale knows it; a reason in the author's words as it stands. */
function reasonText(reason: string | undefined, { locale }: Words): string {
  if (reason === undefined || reason === '') return ''
  return locale.has(`reasons.${reason}`) ? locale.text(`reasons.${reason}`) : saidText(reason, locale)
}
