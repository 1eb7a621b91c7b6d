import { withoutMarks } from './foreign.js'
import { markdownList, markdownTable, markdownText as escaped } from './markdown.js'
import type { Locale } from './locale.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { wordsFor } from './words.js'
import { caseFigures, caseSides } from './view/gate-case.js'
import { gateLimits, type WaiverView } from './view/gate-limits.js'
import { gateView } from './view/gate.js'
import { wrapped } from './wrapped.js'
import type { AuditResult } from '../types/audit.js'

/** Whether the policy was set before the run, and the day by which waivers are judged. */
export type GateNotes = { readonly isSetBefore: boolean; readonly day: string }

/** The gate of an audit in plain text: result, reasons, a line for each limit, waivers, and whether the policy was set before the run. */
export function renderGateTerminal(audit: AuditResult, notes: GateNotes, options: ReportOptions = {}): string {
  const words = wordsFor(audit, localeOf(options))
  const [gate, limits] = [gateView(words), gateLimits(words)]
  const { text } = words.locale
  const lines = [
    ...wrapped(gate.text, ''),
    ...(limits.rows.length === 0 ? [] : ['', ...wrapped(limits.mode, '')]),
    ...limits.rows.flatMap(({ line, reason, counts, m }) => [
      ...wrapped(line, '  '),
      ...(counts === '' ? [] : wrapped(text('gate-command.counts', { counts, m, reason }).trim(), '    ')),
    ]),
    ...(limits.waivers.length === 0 ? [] : ['', `${text('gate-limits.waivers')}:`]),
    ...limits.waivers.flatMap((waiver) => wrapped(waiverLine(waiver, text), '  ')),
    '',
    ...[limits.warning, ...limits.unjudged].filter((line) => line !== '').flatMap((line) => wrapped(line, '')),
    ...wrapped(limits.policy, ''),
    ...wrapped(text(notes.isSetBefore ? 'gate-command.set-before' : 'gate-command.after-the-run'), ''),
  ]
  return withoutMarks(lines.join('\n'))
}

/** The same as a Markdown table, for the summary of a job. */
export function renderGateSummary(audit: AuditResult, notes: GateNotes, options: ReportOptions = {}): string {
  const words = wordsFor(audit, localeOf(options))
  const [gate, limits] = [gateView(words), gateLimits(words)]
  const { text } = words.locale
  const columns = ['limit', 'asks-column', 'result-column', 'worst', 'sides', 'value', 'm']
  const table = markdownTable(
    columns.map((name) => text(`gate-limits.${name}`)),
    limits.rows.map(({ id, asks, word, worst, noWorst, m }) => [
      ...[id, asks, word],
      ...(worst === null
        ? [noWorst, '', '']
        : [`${worst.group}, ${worst.where}`, caseSides(worst), caseFigures(worst)]),
      m,
    ]),
  )
  const lines = [
    `## ${escaped(gate.word)}`,
    '',
    ...gate.sentences.map((sentence) => escaped(sentence)),
    ...(limits.rows.length === 0 ? [''] : ['', ...table]),
    ...(limits.waivers.length === 0 ? [] : [`${escaped(text('gate-limits.waivers'))}:`, '']),
    ...(limits.waivers.length === 0 ? [] : markdownList(limits.waivers.map((waiver) => waiverLine(waiver, text)))),
    ...(limits.warning === '' ? [] : [escaped(limits.warning), '']),
    escaped(limits.policy),
    escaped(text(notes.isSetBefore ? 'gate-command.set-before' : 'gate-command.after-the-run')),
  ]
  return withoutMarks(`${lines.join('\n')}\n`)
}

/** Who lets what through, why, and until when. */
function waiverLine({ limit, of, owner, reason, expires, state }: WaiverView, text: Locale['text']): string {
  return text('gate-command.waiver', { limit, of, owner, reason, expires, state })
}
