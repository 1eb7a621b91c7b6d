import { printable } from './names.js'
import { acrossRow } from './view/across-row.js'
import { agreementCounts, isDisparity } from './view/agreement-counts.js'
import { countedText } from './locale.js'
import type { Words } from './words.js'

const MOST_ROWS = 6 // a terminal is read at a glance; the report has all

/** Whether the findings of single attributes hold for every model, as lines of plain text; empty where the audit holds one model. */
export function acrossLines(words: Words): readonly string[] {
  const { audit, locale, numbers } = words
  if (audit.facts.evidence.length < 2) return []
  const single = audit.derived.agreement.filter((each) => isDisparity(each) && each.groupBy.length === 1)
  const rows = single.slice(0, MOST_ROWS).map((entry) => {
    const row = acrossRow(entry, words)
    const cells = row.cells.map(({ name, counts, rate }) =>
      rate === '' ? `${name}: ${counts}` : locale.text('models.terminal.cell', { name, counts, rate }),
    )
    return locale.text('models.terminal.row', {
      holds: row.holds.text,
      group: row.group,
      groupBy: row.groupBy,
      outcome: row.outcome,
      labelSet: printable(entry.labelSet),
      cells: cells.reduce((first, second) => locale.text('models.terminal.between', { first, second })),
    })
  })
  const more = single.length - rows.length
  return [
    ...agreementCounts(words),
    ...rows,
    ...(more > 0 ? [countedText(locale, 'models.terminal.more', more, { count: numbers.count(more) })] : []),
  ]
}
