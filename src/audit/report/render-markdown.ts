import type { AuditResult } from '../types/audit.js'
import { readLocale, type Locale } from './locale.js'
import {
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import { toView, type ReportView } from './to-view.js'
import type { Panel } from './view/results.js'

/** An audit as Markdown in the order of the HTML page: tables and sentences, no charts. */
export function renderMarkdown(audit: AuditResult): string {
  const locale = readLocale('en')
  const view = toView(audit, locale)
  const parts = [front, asked, data, method, results, under20, limits, robustness, provenance, glossary]
  return `${parts
    .flatMap((part) => part(view, locale))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}

function front({ front }: ReportView, { text }: Locale): string[] {
  const { gate } = front
  return [
    ...(front.isSimulated ? paragraph(text('page.simulated')) : []),
    ...heading(1, front.title),
    ...list([
      `${text('page.created')}: ${front.created}`,
      `${text('page.tool')}: ${front.tool}`,
      `${text('page.audit-id')}: ${front.auditId}`,
      `${text('front.status')}: ${text('front.status-draft')}`,
    ]),
    ...paragraph(`${text('page.notice-title')}. ${text('page.notice')}`),
    ...heading(2, text('front.decision')),
    ...paragraph(`${gate.word}. ${gate.sentences.join(' ')} (${gate.policy})`),
    ...table(
      [text('table.verdict'), text('words.comparisons'), text('words.meaning')],
      front.verdicts.map(({ verdict, count, meaning }) => [verdict.word, count, meaning]),
    ),
    ...heading(3, text('front.largest')),
    ...(front.largest.length === 0
      ? paragraph(text('front.no-largest'))
      : list(front.largest.map(({ verdict, where, sentence }) => `${verdict.word}, ${where}. ${sentence}`))),
    ...heading(2, text('summary.title')),
    ...front.summary.flatMap(paragraph),
    ...heading(3, text('summary.limits')),
    ...list(front.limits),
  ]
}

function asked({ asked }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('asked.title')),
    ...list(asked.system.map(({ field, text: said }) => `${field}: ${said}`)),
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
    ...asked.published.flatMap((published) => [
      ...heading(3, published.caption),
      ...paragraph(text('asked.published-note')),
      ...table(
        [
          text('asked.group'),
          text('asked.published-figure'),
          text('asked.ours'),
          text('asked.ours-rate'),
          text('asked.status'),
        ],
        published.rows.map((row) => [
          row.group,
          row.figure,
          row.counts,
          row.rate,
          [row.status, row.reason].filter(Boolean).join(': '),
        ]),
      ),
      ...[published.reason, published.note].filter(Boolean).flatMap(paragraph),
    ]),
  ]
}

function data({ data }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('data.title')),
    ...paragraph(data.rows),
    ...list(data.sheet.map(({ name, text: said }) => `${name}: ${said}`)),
    ...table(
      [text('data.attribute'), text('data.labelled-by'), text('data.values'), text('data.unknown')],
      data.attributes.map((attribute) => [attribute.name, attribute.labelledBy, attribute.values, attribute.unknown]),
    ),
    ...heading(3, text('data.composition-title')),
    ...data.composition.flatMap((part) => [
      ...table(
        [part.attribute, text('data.attempted'), text('data.failure-rate'), text('table.verdict')],
        part.rows.map((row) => [
          row.group,
          row.counts,
          withRange(row.rate, row.interval),
          `${row.verdict.word}. ${row.note}`,
        ]),
      ),
    ]),
    ...(data.warnings.length === 0
      ? []
      : list(data.warnings.map(({ code, count, message }) => `${code} (${count}): ${message}`))),
  ]
}

function method({ method }: ReportView, { text }: Locale): string[] {
  return [...heading(2, text('method.title')), ...method.paragraphs.flatMap(paragraph), ...paragraph(method.policy)]
}

function results({ results }: ReportView, locale: Locale): string[] {
  const { text } = locale
  return [
    ...heading(2, text('results.title')),
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
        `${row.verdict.word}. ${row.note}`,
      ]),
    ),
  ]
}

/** A number with its interval, or the words that stand for a number that is not there. */
function withRange(value: string, range: string): string {
  return range === '' ? value : `${value} (${range})`
}

function under20({ under20 }: ReportView, { text }: Locale): string[] {
  if (under20.length === 0) return []
  return [
    ...heading(2, text('under-20.title')),
    ...under20.flatMap((part) => [
      ...paragraph(part.caption),
      ...table(
        [text('under-20.band'), ...part.columns],
        part.rows.map(({ band, cells }) => [
          band,
          ...cells.map((cell) => `${cell.counts} (${cell.rate}): ${cell.verdict.word}`),
        ]),
      ),
    ]),
  ]
}

function limits({ front, notMeasured }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('limits.title')),
    ...list([...front.limits, text('limits.gap')]),
    ...table(
      [text('limits.what'), text('limits.why')],
      notMeasured.map(({ what, why }) => [what, why]),
    ),
  ]
}

function robustness({ robustness }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('robustness.title')),
    ...paragraph(robustness.nearTies),
    ...[robustness.decisionsOnly, ...robustness.batch].filter(Boolean).flatMap(paragraph),
    ...(robustness.decided.length === 0
      ? paragraph(text('robustness.none-decided'))
      : list(robustness.decided.map(({ id, labelSet, sentence }) => `${id}, ${labelSet}: ${sentence}`))),
  ]
}

function provenance({ provenance }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('provenance.title')),
    ...list([
      `${text('provenance.run-again')}: ${provenance.runAgain}`,
      `${text('provenance.verify')}: ${provenance.verify}`,
      ...provenance.pairs.map(({ name, value }) => `${name}: ${value}`),
      ...provenance.models.flatMap(({ name, files }) =>
        files.map((file) => `${name}, ${file.path}: ${file.sha256} (${file.bytes})`),
      ),
      ...provenance.evidence.flatMap(({ id, lines }) => lines.map((line) => `${id}: ${line}`)),
    ]),
  ]
}

function glossary({ words }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('words.title')),
    ...list(words.terms.map(({ term, meaning }) => `${term}: ${meaning}`)),
    ...table(
      [text('words.formula-name'), text('words.formula'), text('words.undefined'), text('asked.source')],
      words.formulae.map(({ name, formula, when, source }) => [name, formula, when, source]),
    ),
    '<details>',
    `<summary>${text('words.labels')}</summary>`,
    '',
    ...paragraph(text('words.labels-notice')),
    ...table(
      [text('words.label-id'), text('words.label-text'), text('words.outcome'), text('words.label-sets')],
      words.labels.map((label) => [label.id, label.text, label.outcome, label.labelSets]),
    ),
    '</details>',
  ]
}
