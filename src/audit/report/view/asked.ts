import type { PublishedRecord } from '../../types/audit.js'
import type { PublishedFigure, PublishedTable } from '../../types/definitions.js'
import { fullGroupName, groupByName, printable } from '../names.js'
import type { Words } from '../words.js'

/** What was asked: the system, the probes, the label sets as sent, and published figures beside ours. */
export function asked(words: Words) {
  const { audit, locale } = words
  const { facts } = audit
  return {
    system: facts.system.map(([field, text]) => ({ field: printable(field), text: printable(text) })),
    probes: facts.probes.map((probe) => ({
      id: printable(probe.id),
      question: printable(probe.question),
      motivation: printable(probe.motivation),
      groupBy: probe.groupBy.map(groupByName).join('; '),
      outcomes: probe.measure.outcomes
        .map(({ id, categories, isUnion }) => {
          const parts = categories.map(printable).join(' + ')
          return isUnion ? locale.text('asked.union', { outcome: printable(id), categories: parts }) : printable(id)
        })
        .join('; '),
      sha256: printable(probe.sha256),
      caveats: probe.caveats.map((caveat) =>
        locale.has(`caveats.${caveat}`) ? locale.text(`caveats.${caveat}`) : printable(caveat),
      ),
      references: probe.references.map(printable),
      notApplicable: probe.notApplicable.map(({ reason, missing, labelSet }) =>
        locale.text(labelSet === null ? `not-applicable.${reason}` : `not-applicable.${reason}-in`, {
          probe: printable(probe.id),
          missing: printable(missing),
          labelSet: printable(labelSet ?? ''),
        }),
      ),
    })),
    labelSets: facts.labelSets.map((set) => ({
      id: printable(set.id),
      title: printable(set.title),
      source: printable(set.source),
      sha256: printable(set.sha256),
      promptsSha256: printable(set.promptsSha256),
      templates: set.templates.map(printable),
      labels: words.numbers.count(set.labels.length),
      outcomes: set.outcomes.map(([id, harm]) => ({ id: printable(id), harm: locale.text(`harms.${harm}`) })),
    })),
    published: publishedTables(words),
  }
}

/** Published figures table by table, each beside our own rate of the same group, with its status and the reason. */
function publishedTables(words: Words) {
  const declared = new Map(
    words.audit.facts.probes.flatMap((p) => p.published.map((table) => [table.id, table] as const)),
  )
  const byTable = new Map<string, PublishedRecord[]>()
  for (const record of words.audit.derived.published) {
    const key = JSON.stringify([record.table, record.labelSet, record.outcome])
    byTable.set(key, [...(byTable.get(key) ?? []), record])
  }
  return [...byTable.values()].map((records, i) => publishedTable(`published-${i}`, records, declared, words))
}

function publishedTable(
  id: string,
  records: readonly PublishedRecord[],
  declared: ReadonlyMap<string, PublishedTable>,
  words: Words,
) {
  const first = records[0]
  const table = declared.get(first?.table ?? '')
  const reasons = new Set(records.map(({ statusReason }) => statusReason ?? ''))
  return {
    id,
    caption: words.locale.text('asked.published-caption', {
      source: printable(first?.source ?? ''),
      outcome: printable(first?.outcome ?? ''),
      labelSet: printable(first?.labelSet ?? ''),
    }),
    /** Said once under the table when it holds for every row. */
    reason: reasons.size === 1 ? reasonText([...reasons][0], words) : '',
    note: printable(table?.note ?? ''),
    rows: records.map((record) => ({
      group: fullGroupName(record.group),
      figure: figureText(record.figure, words),
      ...ours(record, words),
      status: words.locale.text(`published.${record.status ?? 'none'}`),
      reason: reasons.size === 1 ? '' : reasonText(record.statusReason, words),
    })),
  }
}

function ours(
  { rate, rateReason }: PublishedRecord,
  { index, locale, numbers }: Words,
): { counts: string; rate: string } {
  if (rate === null) return { counts: '', rate: locale.text(`reasons.${rateReason ?? 'design-not-run'}`) }
  const record = index.rate(rate)
  return { counts: numbers.ofTotal(record.count, record.total), rate: numbers.rate(record.value, record.interval) }
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
  return locale.has(`reasons.${reason}`) ? locale.text(`reasons.${reason}`) : printable(reason)
}
