import type { AuditResult } from '../types/audit.js'
import { withoutMarks } from './foreign.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { toView, type ReportView } from './to-view.js'
import { verdictPhrase } from './verdict-words.js'
import { wrapped } from './wrapped.js'

const INDENT = '  '

/** An audit in plain text for a terminal: what was audited, what became of the rows, the verdicts and the largest findings.
 *  No line is wider than 100 characters unless it holds one longer word; no colour, no trailing line end. */
export function renderTerminalSummary(audit: AuditResult, options: ReportOptions = {}): string {
  const view = toView(audit, localeOf(options))
  const { front, terminal } = view
  const widest = Math.max(0, ...front.verdicts.map(({ count }) => count.length))
  const gate = wrapped(front.gate.text, '')
  const limits = view.gateLimits.rows.flatMap(({ line }) => wrapped(line, INDENT))
  const warning = [view.gateLimits.warning, ...view.gateLimits.unjudged].flatMap((line) => wrapped(line, ''))
  const isIncomplete = front.gate.key === 'evidence-incomplete'
  const lines = [
    ...(front.isSimulated ? [terminal.banner, ''] : []),
    ...(isIncomplete ? [...gate, ...limits, ...warning, ''] : []), // first, so that no figure is read without it
    ...wrapped(terminal.heading, ''),
    ...wrapped(view.data.rows, INDENT),
    ...[...terminal.codes, ...terminal.failures].flatMap((line) => wrapped(line, INDENT)),
    ...terminal.undecided.flatMap((line) => wrapped(line, INDENT)),
    ...(terminal.isCompared
      ? [
          '',
          terminal.verdicts,
          ...(front.readingOnly === '' ? [] : wrapped(front.readingOnly, INDENT)),
          ...front.verdicts.map(
            ({ verdict, count, meaning }) => `${INDENT}${count.padStart(widest)}  ${verdict.word} (${meaning})`,
          ),
        ]
      : []),
    '',
    ...(terminal.isCompared ? [terminal.largest] : []),
    ...(front.largest.length === 0
      ? wrapped(front.noLargest, INDENT)
      : front.largest.flatMap(({ verdict, severity, sentence, where }) =>
          wrapped(`${verdictPhrase(verdict, severity)}, ${where}. ${sentence}`, INDENT),
        )),
    ...block(terminal.across),
    ...block(terminal.designs),
    ...block(terminal.ablation),
    ...terminal.figures,
    '',
    ...(isIncomplete ? [] : [...gate, ...limits, ...warning]),
    ...terminal.exploratory.flatMap((line) => wrapped(line, '')),
    ...wrapped(terminal.limits, ''),
    ...wrapped(terminal.draft, ''),
  ]
  return withoutMarks(lines.join('\n'))
}

function block({ heading, lines }: ReportView['terminal']['across']): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.flatMap((line) => wrapped(line, INDENT))]
}
