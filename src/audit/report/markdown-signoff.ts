import type { Locale } from './locale.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import type { ReportView } from './to-view.js'
import { verdictPhrase } from './verdict-words.js'
import type { RegisterRow } from './view/register.js'

/** The audited system and its use, in Markdown. */
export function systemUseInMarkdown({ system }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('system-use.title')),
    ...paragraph(text('system-use.lead')),
    ...list([...system.rows, ...system.others].map(({ field, text: said }) => `${field}: ${said}`)),
  ]
}

/** What people state, as a list under its own title. */
export function statedInMarkdown(title: string, rows: ReportView['stated']['data'], { text }: Locale): string[] {
  return [...heading(3, text(title)), ...list(rows.map(({ field, text: said }) => `${field}: ${said}`))]
}

/** Where to read what changed, and the findings register. */
export function registerInMarkdown({ register }: ReportView, { text }: Locale): string[] {
  const columns = ['register.id', 'register.what', 'table.verdict', 'register.owner', 'register.action', 'register.due']
  const rowsTable = (rows: readonly RegisterRow[]): string[] =>
    table(
      columns.map((id) => text(id)),
      rows.map(({ id, finding, against, verdict, severity, owner, action, due }) => [
        id,
        `${finding}; ${against}`,
        verdictPhrase(verdict, severity),
        owner,
        action,
        due,
      ]),
    )
  return [
    ...heading(2, text('since.title')),
    ...paragraph(text('since.text')),
    ...heading(2, text('register.title')),
    ...paragraph(text('register.lead')),
    ...(register.none === '' ? [] : paragraph(register.none)),
    ...(register.open.length === 0 ? [] : rowsTable(register.open)),
    ...(register.closed.length === 0 ? [] : details(register.closedTitle, rowsTable(register.closed))),
    ...(register.leftOut === '' ? [] : paragraph(register.leftOut)),
  ]
}

/** The crosswalk, a closed table for each source, and what an assessment of fundamental rights can take over. */
export function crosswalkInMarkdown({ crosswalk }: ReportView, { text }: Locale): string[] {
  const columns = ['provision', 'asks', 'where', 'status'].map((id) => text(`crosswalk.${id}`))
  return [
    ...heading(2, text('crosswalk.title')),
    ...paragraph(text('crosswalk.lead')),
    ...crosswalk.sources.flatMap(({ name, rows }) =>
      details(
        name,
        table(
          columns,
          rows.map(({ provision, asks, sections, status }) => [
            provision,
            asks,
            sections.map(({ title, isHere }) => (isHere ? title : text('crosswalk.not-here', { title }))).join('; '),
            status,
          ]),
        ),
      ),
    ),
    ...heading(3, text('crosswalk.rights.title')),
    ...paragraph(text('crosswalk.rights.lead')),
    ...table(
      [text('crosswalk.rights.point'), text('crosswalk.rights.filled')],
      crosswalk.rights.map(({ asks, lines }) => [asks, lines.join('; ')]),
    ),
  ]
}

/** Who prepared, reviewed and approved the report. */
export function signOffInMarkdown({ signing }: ReportView, { text }: Locale): string[] {
  const columns = ['act-column', 'name', 'role', 'independent', 'date', 'decision'].map((id) => text(`signoff.${id}`))
  return [
    ...heading(2, text('signoff.title')),
    ...paragraph(signing.line),
    ...(signing.blanks === '' ? [] : paragraph(signing.blanks)),
    ...table(
      columns,
      signing.signatures.map((line) => [line.act, line.name, line.role, line.independent, line.date, line.decision]),
    ),
    ...paragraph(signing.expiry),
  ]
}
