import type { CurveResult } from '../types/curve.js'
import { toCurveView, type CurveView } from './curve-view.js'
import { curveWords } from './curve-words.js'
import type { Locale } from './locale.js'
import { localeOf, type ReportOptions } from './report-options.js'
import {
  markdownDetails as details,
  markdownHeading as heading,
  markdownList as list,
  markdownParagraph as paragraph,
  markdownTable as table,
} from './markdown.js'

/** A specification curve as Markdown in the order of the HTML page: sentences and tables, no charts and no row per specification,
 *  which curve-specifications.csv has. */
export function renderCurveMarkdown(curve: CurveResult, options: ReportOptions = {}): string {
  const given = localeOf(options)
  const { locale } = curveWords(curve, given)
  const view = toCurveView(curve, given)
  const parts = [front, answer, choices, ranks, grid, labelSet, method, provenance]
  return `${parts
    .flatMap((part) => part(view, locale))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}

function front({ front, shortLimits }: CurveView, { text }: Locale): string[] {
  return [
    ...(front.isSimulated ? paragraph(text('page.simulated')) : []),
    ...heading(1, front.title),
    ...list([
      `${text('page.created')}: ${front.created}`,
      `${text('page.tool')}: ${front.tool}`,
      `${text('curve.id')}: ${front.auditId}`,
    ]),
    ...paragraph(`${text('page.notice-title')}. ${text('curve.notice')}`),
    ...paragraph(front.question),
    ...paragraph(front.rows),
    ...list(shortLimits),
  ]
}

function answer({ answers, legend }: CurveView, { text }: Locale): string[] {
  const columns = [
    text('asked.group'),
    ...legend.map(({ word }) => word),
    text('curve.answer.difference'),
    text('curve.answer.range-column'),
    text('curve.answer.middle'),
    text('curve.answer.sign'),
    text('curve.answer.chance-column'),
    text('curve.answer.p'),
  ]
  return [
    ...heading(2, text('curve.answer.title')),
    ...answers.flatMap(({ heading: named, lead, caption, rows, sentences }) => [
      ...heading(3, named),
      ...paragraph(lead.join(' ')),
      ...(rows.length === 0 ? [] : paragraph(caption)),
      ...(rows.length === 0
        ? []
        : table(
            columns,
            rows.map((row) => [
              `${row.group} (${row.images})`,
              ...row.counts.map(({ count }) => count),
              row.median,
              row.range,
              row.middle,
              row.sign,
              `${row.chance} ${row.chanceLimit}`.trim(),
              row.p,
            ]),
          )),
      ...(sentences.length < 2 ? [] : details(text('curve.answer.sentences'), list(sentences))),
    ]),
  ]
}

function choices({ choices }: CurveView, { text }: Locale): string[] {
  if (choices.length === 0) return []
  return [
    ...heading(2, text('curve.choices.title')),
    ...paragraph(text('curve.choices.read')),
    ...paragraph(text('curve.choices.not-said')),
    ...choices.flatMap(({ heading: named, lead, rangesNote, factors, rows }) => [
      ...heading(3, named),
      ...[lead, rangesNote].filter((sentence) => sentence !== '').flatMap(paragraph),
      ...table(
        [text('asked.group'), text('curve.choices.spread'), ...factors],
        rows.map(({ group, spread, cells, reason }) => [
          group,
          spread,
          ...factors.map((_, f) => cells[f]?.text ?? (f === 0 ? reason : '')),
        ]),
      ),
    ]),
  ]
}

function ranks({ ranks }: CurveView, { text }: Locale): string[] {
  return [...heading(2, text('curve.ranks.title')), ...paragraph(text('curve.ranks.read')), ...list(ranks)]
}

function grid({ grid }: CurveView, { text }: Locale): string[] {
  const rows = grid.factors.flatMap(({ factor, choices }) => choices.map((choice) => ({ factor, ...choice })))
  return [
    ...heading(2, text('curve.grid.title')),
    ...paragraph(grid.title),
    ...paragraph(text('curve.grid.read')),
    ...(grid.repeated === '' ? [] : paragraph(grid.repeated)),
    ...table(
      [text('curve.grid.factor'), text('curve.grid.used')],
      grid.factors.map(({ factor, choices }) => [factor, choices.map(({ used }) => used).join('; ')]),
    ),
    ...list([`${text('asked.source')}: ${grid.source}`, `${text('asked.hash')}: ${grid.sha256}`]),
    ...details(text('curve.grid.words'), [
      ...paragraph(text('curve.grid.words-notice')),
      ...table(
        [text('curve.grid.factor'), text('curve.grid.choice'), text('curve.grid.text')],
        rows.map(({ factor, id, text: said, verbatim }) => [factor, id, [said, ...verbatim].join('; ')]),
      ),
    ]),
  ]
}

function labelSet({ labelSet }: CurveView, { text }: Locale): string[] {
  return [
    ...heading(2, text('curve.labels.title')),
    ...paragraph(labelSet.title),
    ...list([
      `${text('curve.labels.file')}: ${labelSet.id}`,
      `${text('asked.source')}: ${labelSet.source}`,
      `${text('asked.templates')}: ${labelSet.templates.join('; ')}`,
      `${text('asked.outcome-harms')}: ${labelSet.outcomes.map(({ id, harm }) => `${id} (${harm})`).join('; ')}`,
      `${text('asked.hash')}: ${labelSet.sha256}`,
    ]),
    ...details(text('curve.labels.words'), [
      ...paragraph(text('curve.labels.words-notice')),
      ...table(
        [text('curve.labels.label-id'), text('curve.labels.label-text'), text('asked.outcome')],
        labelSet.labels.map((label) => [label.id, label.text, label.outcome]),
      ),
    ]),
  ]
}

function method({ method, limits }: CurveView, { text }: Locale): string[] {
  return [
    ...heading(2, text('curve.method.title')),
    ...method.flatMap(paragraph),
    ...heading(2, text('curve.limits.title')),
    ...list(limits),
  ]
}

function provenance({ provenance }: CurveView, { text }: Locale): string[] {
  return [
    ...heading(2, text('curve.provenance.title')),
    ...list([
      `${text('provenance.run-again')}: ${provenance.runAgain}`,
      `${text('provenance.verify')}: ${text('curve.provenance.verify-command')}`,
      ...provenance.pairs.map(({ name, value }) => `${name}: ${value}`),
      ...provenance.files.map(({ path, sha256, bytes }) => `${path}: ${sha256} (${bytes})`),
      ...provenance.evidence.lines,
    ]),
  ]
}
