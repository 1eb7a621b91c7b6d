import type { AuditComparison } from '../types/audit-comparison.js'
import { toComparisonView, type ComparedCell, type ComparisonView } from './comparison-view.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { markdownDetails, markdownHeading, markdownList, markdownParagraph, markdownTable } from './markdown.js'

/** A comparison as Markdown, for a pull request. */
export function renderComparisonMarkdown(comparison: AuditComparison, options: ReportOptions = {}): string {
  const locale = localeOf(options)
  const { text } = locale
  const view = toComparisonView(comparison, locale)
  const lines = [
    ...markdownHeading(1, view.title),
    ...(view.isSimulated ? markdownParagraph(view.simulated) : []),
    ...auditsTable(view, text),
    ...markdownHeading(2, text('comparison.differences')),
    ...differences(view, text),
    ...markdownParagraph(view.basis),
    ...view.pairing.flatMap(markdownParagraph),
    ...markdownHeading(2, text('comparison.results')),
    ...markdownList(view.counts.map(({ count, word }) => `${word}: ${count}`)),
    ...view.sections.flatMap((section) => sectionLines(section, text)),
    ...markdownHeading(2, text('comparison.limits')),
    ...markdownList(view.limits),
    ...markdownHeading(2, text('comparison.provenance')),
    ...markdownList(view.ids.map(({ name, id }) => `${name}: ${id}`)),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

type Text = (id: string) => string

function auditsTable({ audits: [before, after] }: ComparisonView, text: Text): string[] {
  const rows = before.facts.map(({ name, value }, index) => [name, value, after.facts[index].value])
  return markdownTable([text('comparison.what'), before.name, after.name], rows)
}

function differences({ differences: rows, changelog }: ComparisonView, text: Text): string[] {
  if (rows.length === 0) return markdownParagraph(text('comparison.no-differences'))
  const header = [text('comparison.what'), text('comparison.before'), text('comparison.after')]
  return [
    ...markdownTable(header, rows.map(({ what, before, after }) => [what, before, after])), // prettier-ignore
    ...changelog.flatMap(markdownParagraph),
  ]
}

function sectionLines(
  { title, summary, meaning, cut, isOpen, rows }: ComparisonView['sections'][number],
  text: Text,
): string[] {
  if (rows.length === 0) return []
  const header = ['group', 'outcome', 'run', 'before', 'after', 'change'].map((name) =>
    text(`comparison.columns.${name}`),
  )
  const table = markdownTable(
    header,
    rows.map((row) => [row.group, row.outcome, row.run, cellText(row.before), cellText(row.after), row.change]),
  )
  const content = [...markdownParagraph(meaning), ...table, ...cut.flatMap(markdownParagraph)]
  return isOpen ? [...markdownHeading(3, title), ...content] : markdownDetails(summary, content)
}

function cellText({ text, verdict, severity }: ComparedCell): string {
  if (verdict === null) return text
  return `${text}. ${verdict.word}${severity === '' ? '' : ` (${severity})`}`
}
