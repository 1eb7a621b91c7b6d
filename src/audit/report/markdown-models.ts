import type { Locale } from './locale.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import type { ReportView } from './to-view.js'
import type { AcrossTable } from './view/across-models.js'
import type { AcrossCell } from './view/across-row.js'

/** Whether findings hold for every model, in Markdown; nothing where the audit holds one model. */
export function acrossModelsInMarkdown({ acrossModels }: ReportView, locale: Locale): string[] {
  if (acrossModels === null) return []
  const { text } = locale
  return [
    ...heading(2, text('models.title')),
    ...paragraph(text('models.lead')),
    ...acrossModels.counts.flatMap(paragraph),
    ...paragraph(`${text('models.reading')} ${text('models.caution')}`),
    ...acrossModels.tables.flatMap((one) => {
      const lines = [...heading(3, one.caption), ...acrossTable(one, locale)]
      return one.summary === '' ? lines : details(one.summary, lines)
    }),
  ]
}

function acrossTable({ columns, rows }: AcrossTable, { text }: Locale): string[] {
  const written = ({ verdict, counts, rate, against }: AcrossCell): string =>
    verdict === null ? counts : text('models.cell', { verdict: verdict.word, counts, rate, against })
  return table(
    [text('models.outcome'), text('models.group'), ...columns, text('models.across')],
    rows.map(({ outcome, group, groupBy, against, cells, holds }) => [
      outcome,
      `${group} (${groupBy}), ${against}`,
      ...cells.map(written),
      holds.text,
    ]),
  )
}
