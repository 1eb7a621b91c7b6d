import type { Locale } from './locale.js'
import { markdownHeading as heading, markdownParagraph as paragraph, markdownTable as table } from './markdown.js'
import type { ReportView } from './to-view.js'
import { verdictPhrase } from './verdict-words.js'
import type { ChosenTable } from './view/labels-chosen.js'
import type { Panel } from './view/results.js'

/** Every result of every probe, in Markdown. */
export function resultsInMarkdown({ results, withoutResults }: ReportView, locale: Locale): string[] {
  const { text } = locale
  return [
    ...heading(2, text('results.title')),
    ...withoutResults.flatMap(paragraph),
    ...results.flatMap((block) => [
      ...heading(
        3,
        `${text('results.label-set', { labelSet: block.labelSet })}${block.evidence === '' ? '' : `, ${block.evidence}`}`,
      ),
      ...[...block.single, ...block.crossed].flatMap(({ panels }) =>
        panels.flatMap((panel) => panelTable(panel, locale)),
      ),
    ]),
  ]
}

/** Every row with its numbers; an intersection of three or more as a grid of counts with the verdict's letter. */
function panelTable({ heat, table: full }: Panel, { text }: Locale): string[] {
  if (heat !== null) {
    return [
      ...heading(4, full.caption),
      ...paragraph(text('markdown.grid')),
      ...table(
        [heat.corner, ...heat.columns],
        heat.rows.map(({ name, cells }) => [
          name,
          ...cells.map((cell) =>
            cell.isEmpty ? text('heat.empty') : `${cell.counts} ${text(`verdicts.${cell.verdict}.letter`)}`,
          ),
        ]),
      ),
    ]
  }
  const columns = ['table.rate', 'table.reference', 'table.difference', 'table.ratio', 'table.verdict'].map((id) =>
    text(id),
  )
  return [
    ...heading(4, full.caption),
    ...table(
      [text('table.group'), full.countsHeader, ...columns],
      full.rows.map((row) => [
        row.group,
        row.counts,
        withRange(row.rate, row.interval),
        row.referenceCounts === ''
          ? row.reference
          : `${row.reference}: ${row.referenceCounts} (${row.referenceRate}, ${row.referenceInterval})`,
        withRange(row.difference, row.differenceRange),
        withRange(row.ratio, row.ratioRange),
        `${verdictPhrase(row.verdict, row.severity)}. ${row.note}`,
      ]),
    ),
  ]
}

/** A number with its interval, or the words that stand for a number that is not there. */
export function withRange(value: string, range: string): string {
  return range === '' ? value : `${value} (${range})`
}

/** Labels chosen under label sets without harmful outcomes, in Markdown; marked cells bear the words. */
export function chosenInMarkdown({ labelsChosen }: ReportView, { text }: Locale): string[] {
  if (labelsChosen.length === 0) return []
  const chosenTable = ({ caption, columns, rows }: ChosenTable): string[] => [
    ...heading(4, caption),
    ...table(
      [text('chosen.label'), ...columns],
      rows.map(({ label, cells }) => [
        label,
        ...cells.map(({ counts, isImplied }) => (isImplied ? `${counts} (${text('chosen.implied')})` : counts)),
      ]),
    ),
  ]
  return [
    ...heading(2, text('chosen.title')),
    ...paragraph(text('chosen.note')),
    ...labelsChosen.flatMap(({ labelSet, evidence, implied, others }) => [
      ...heading(3, [text('results.label-set', { labelSet }), evidence].filter(Boolean).join(', ')),
      ...[...implied, ...others].flatMap(chosenTable),
    ]),
  ]
}

/** Age bands up to 19, in Markdown. */
export function under20InMarkdown({ under20 }: ReportView, { text }: Locale): string[] {
  if (under20.length === 0) return []
  return [
    ...heading(2, text('under-20.title')),
    ...under20.flatMap((part) => [
      ...paragraph(part.caption),
      ...table(
        [text('under-20.band'), ...part.columns],
        part.rows.map(({ band, cells }) => [
          band,
          ...cells.map((cell) => `${cell.counts} (${cell.rate}): ${verdictPhrase(cell.verdict, cell.severity)}`),
        ]),
      ),
    ]),
  ]
}
