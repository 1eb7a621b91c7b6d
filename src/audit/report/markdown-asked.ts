import type { Locale } from './locale.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import type { ReportView } from './to-view.js'
import type { PublishedView } from './view/published.js'

/** What was asked, in Markdown: probes, label sets, and published figures beside ours. */
export function askedInMarkdown({ asked }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('asked.title')),
    ...asked.probes.flatMap((probe) => [
      ...heading(3, probe.id),
      ...paragraph(probe.question),
      ...list([
        `${text('asked.groups')}: ${probe.groupBy}`,
        `${text('asked.outcomes')}: ${probe.outcomes}`,
        ...probe.notApplicable,
        ...probe.caveats,
      ]),
    ]),
    ...table(
      [
        text('asked.label-set'),
        text('asked.templates'),
        text('asked.labels'),
        text('asked.source'),
        text('asked.hash'),
      ],
      asked.labelSets.map((set) => [set.id, set.templates.join('; '), set.labels, set.source, set.sha256]),
    ),
    ...publishedTables(asked.published, text),
  ]
}

/** The first source in the open, every further table in a closed part of its own, and a line for each that was not run. */
function publishedTables({ open, closed, notRun }: ReportView['asked']['published'], text: Locale['text']): string[] {
  if (open.length + closed.length + notRun.length === 0) return []
  return [
    ...heading(3, text('asked.published')),
    ...paragraph(text('asked.published-note')),
    ...open.flatMap((published) => [...heading(4, published.caption), ...publishedTable(published, text)]),
    ...closed.flatMap((published) => details(published.summary, publishedTable(published, text))),
    ...(notRun.length === 0 ? [] : list(notRun)),
  ]
}

function publishedTable({ rows, reason, note }: PublishedView, text: Locale['text']): string[] {
  const columns = ['group', 'published-figure', 'ours', 'ours-rate', 'status'].map((id) => text(`asked.${id}`))
  return [
    ...table(
      columns,
      rows.map((row) => [
        row.group,
        row.figure,
        row.counts,
        row.rate,
        [row.status, row.reason].filter(Boolean).join(': '),
      ]),
    ),
    ...[reason, note].filter(Boolean).flatMap(paragraph),
  ]
}
