import type { AuditResult } from '../types/audit.js'
import { withoutMarks } from './foreign.js'
import type { Locale } from './locale.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'
import { askedInMarkdown } from './markdown-asked.js'
import { ablationsInMarkdown, designsInMarkdown } from './markdown-designs.js'
import { figuresInMarkdown } from './markdown-figures.js'
import { gateInMarkdown } from './markdown-gate.js'
import { acrossModelsInMarkdown } from './markdown-models.js'
import {
  chosenInMarkdown,
  equalMixInMarkdown,
  resultsInMarkdown,
  under20InMarkdown,
  withRange,
} from './markdown-results.js'
import {
  crosswalkInMarkdown,
  registerInMarkdown,
  signOffInMarkdown,
  statedInMarkdown,
  systemUseInMarkdown,
} from './markdown-signoff.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { reportViews, type LanguageView } from './report-views.js'
import type { ReportView } from './to-view.js'
import { verdictPhrase } from './verdict-words.js'

/** An audit as Markdown in the order of the HTML page: tables and sentences, no charts. One language, the first asked for. */
export function renderMarkdown(audit: AuditResult, options: ReportOptions = {}): string {
  return markdownReport(reportViews(audit, options)(localeOf(options)))
}

/** The same of its view in one language. */
export function markdownReport({ locale, view }: LanguageView): string {
  const parts = [
    front,
    systemUseInMarkdown,
    askedInMarkdown,
    data,
    method,
    gateInMarkdown,
    acrossModelsInMarkdown,
    resultsInMarkdown,
    figuresInMarkdown,
    chosenInMarkdown,
    equalMixInMarkdown,
    under20InMarkdown,
    designsInMarkdown,
    ablationsInMarkdown,
    registerInMarkdown,
    limits,
    robustness,
    crosswalkInMarkdown,
    provenance,
    glossary,
    signOffInMarkdown,
  ]
  return `${withoutMarks(parts.flatMap((part) => part(view, locale)).join('\n'))
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}

function front({ front, signing }: ReportView, { text }: Locale): string[] {
  const { gate } = front
  return [
    ...(front.isSimulated ? paragraph(text('page.simulated')) : []),
    ...heading(1, front.title),
    ...list([
      `${text('page.created')}: ${front.created}`,
      `${text('page.tool')}: ${front.tool}`,
      `${text('page.audit-id')}: ${front.auditId}`,
      `${text('front.status')}: ${signing.line}`,
      ...(front.terms === '' ? [] : [`${text('front-terms.name')}: ${front.terms}`]),
    ]),
    ...paragraph(`${text('page.notice-title')}. ${text('page.notice')}`),
    ...heading(2, text('front.decision')),
    ...paragraph(`${gate.text} (${gate.policy})`),
    ...(front.readingOnly === '' ? [] : paragraph(front.readingOnly)),
    ...(front.verdicts.length === 0
      ? []
      : table(
          [text('table.verdict'), text('words.comparisons'), text('words.meaning')],
          front.verdicts.map(({ verdict, count, meaning }) => [verdict.word, count, meaning]),
        )),
    ...(front.verdictsNote === '' ? [] : paragraph(front.verdictsNote)),
    ...heading(3, text('front.largest')),
    ...(front.largest.length === 0
      ? paragraph(front.noLargest)
      : list(
          front.largest.map(
            ({ verdict, severity, where, sentence, labelErrors }) =>
              `${verdictPhrase(verdict, severity)}, ${where}. ${sentence} ${labelErrors}`,
          ),
        )),
    ...heading(2, text('summary.title')),
    ...front.summary.flatMap(paragraph),
    ...heading(3, text('summary.limits')),
    ...list(front.limits),
  ]
}

function data({ data, stated }: ReportView, locale: Locale): string[] {
  const { text } = locale
  return [
    ...heading(2, text('data.title')),
    ...paragraph(data.rows),
    ...list(data.sheet.map(({ name, text: said }) => `${name}: ${said}`)),
    ...statedInMarkdown('stated.data-title', stated.data, locale),
    ...table(
      [text('data.attribute'), text('data.labelled-by'), text('data.values'), text('data.unknown')],
      data.attributes.map((attribute) => [attribute.name, attribute.labelledBy, attribute.values, attribute.unknown]),
    ),
    ...(data.undecided.length === 0
      ? paragraph(text('data.all-decided'))
      : table(
          [text('asked.label-set'), text('data.decided'), text('data.undecided')],
          data.undecided.map(({ design, decided, undecided }) => [design, decided, undecided]),
        )),
    ...heading(3, text('data.composition-title')),
    ...data.composition.flatMap((part) => [
      ...table(
        [part.attribute, text('data.attempted'), text('data.failure-rate'), text('table.verdict')],
        part.rows.map((row) => [
          row.group,
          row.counts,
          withRange(row.rate, row.interval),
          `${verdictPhrase(row.verdict, row.severity)}. ${row.note}`,
        ]),
      ),
    ]),
    ...lossesInMarkdown(data, locale),
    ...(data.warnings.length === 0
      ? []
      : list(data.warnings.map(({ code, count, message }) => `${code} (${count}): ${message}`))),
  ]
}

/** Why images could not be read, by code, and where in the data they are missing. */
function lossesInMarkdown({ codes, losses }: ReportView['data'], { text }: Locale): string[] {
  return [
    ...(codes.length === 0
      ? []
      : [
          ...heading(3, text('quarantine.title')),
          ...paragraph(text('quarantine.lead')),
          ...table(
            ['code', 'images', 'what', 'do'].map((id) => text(`quarantine.${id}`)),
            codes.map(({ code, ofAll, what, todo }) => [code, ofAll, what, todo]),
          ),
        ]),
    ...(losses.length === 0
      ? paragraph(text('data.no-losses'))
      : details(
          text('data.losses'),
          table(
            ['table.group', 'data.rows-in', 'data.processed', 'data.excluded', 'data.quarantined'].map((id) =>
              text(id),
            ),
            losses.map((cell) => [cell.group, cell.in, cell.processed, cell.excluded, cell.quarantined]),
          ),
        )),
  ]
}

function method({ method }: ReportView, { text }: Locale): string[] {
  return [...heading(2, text('method.title')), ...method.paragraphs.flatMap(paragraph), ...paragraph(method.policy)]
}

function limits({ front, caveats, notMeasured, stated }: ReportView, locale: Locale): string[] {
  const { text } = locale
  return [
    ...heading(2, text('limits.title')),
    ...list([...front.limits, ...caveats, text('limits.gap')]),
    ...table(
      [text('limits.what'), text('limits.why')],
      notMeasured.map(({ what, why }) => [what, why]),
    ),
    ...statedInMarkdown('stated.limits-title', stated.limits, locale),
  ]
}

function robustness({ robustness }: ReportView, { text }: Locale): string[] {
  return [
    ...heading(2, text('robustness.title')),
    ...[robustness.nearTies, robustness.decisionsOnly, ...robustness.batch].filter(Boolean).flatMap(paragraph),
    ...(robustness.totals.length === 0
      ? []
      : table(
          [text('asked.label-set'), text('robustness.near-ties-of'), text('robustness.exact-ties-of')],
          robustness.totals.map(({ design, nearTies, exactTies }) => [design, nearTies, exactTies]),
        )),
    ...(robustness.decided.length === 0
      ? [robustness.noneDecided].filter(Boolean).flatMap(paragraph)
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
      ...provenance.models.flatMap(({ name, files, lines }) => [
        ...lines.map((line) => `${name}: ${line}`),
        ...files.map((file) => `${name}, ${file.path}: ${file.sha256} (${file.bytes})`),
      ]),
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
    ...details(text('words.labels'), [
      ...paragraph(text('words.labels-notice')),
      ...table(
        ['words.label-id', 'words.label-text', 'label-codes.column', 'words.outcome', 'words.label-sets'].map((id) =>
          text(id),
        ),
        words.labels.map((label) => [label.id, label.text, label.code, label.outcome, label.labelSets]),
      ),
    ]),
  ]
}
