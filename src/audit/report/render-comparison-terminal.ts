import type { AuditComparison } from '../types/audit-comparison.js'
import { toComparisonView, type ComparedCell, type ComparedRow } from './comparison-view.js'
import type { Locale } from './locale.js'
import { localeOf, type ReportOptions } from './report-options.js'
import { wrapped } from './wrapped.js'

const INDENT = '  '
const MOST_NAMED = 3 // worst first; the page has all
const MOST_DIFFERENCES = 8

/** A comparison in a few lines of plain text: what differs, what that means, what became of the findings, the worst of them. */
export function renderComparisonTerminal(comparison: AuditComparison, options: ReportOptions = {}): string {
  const locale = localeOf(options)
  const view = toComparisonView(comparison, locale)
  const worst = view.sections.filter(({ id }) => id === 'worsened')
  return [
    ...(view.isSimulated ? [...wrapped(view.simulated, ''), ''] : []),
    locale.text('comparison.differences'),
    ...differenceLines(view, locale),
    '',
    ...[view.basis, ...view.pairing].flatMap((sentence) => wrapped(sentence, '', '')),
    '',
    ...view.counts.map(({ count, word }) => `${count.padStart(7)}  ${word}`),
    ...worst.flatMap(({ title, rows }) => worstLines(title, rows, locale)),
  ].join('\n')
}

function differenceLines(
  { differences, changelog }: Pick<ReturnType<typeof toComparisonView>, 'differences' | 'changelog'>,
  { text }: Locale,
): string[] {
  if (differences.length === 0) return wrapped(text('comparison.no-differences'), INDENT)
  const shown = differences.slice(0, MOST_DIFFERENCES)
  const more = differences.length - shown.length
  return [
    ...shown.flatMap(({ what, before, after }) =>
      wrapped(text('comparison.difference', { what, before, after }), INDENT),
    ),
    ...(more > 0 ? [`${INDENT}${text('comparison.more-differences', { count: String(more) })}`] : []),
    ...changelog.flatMap((sentence) => wrapped(sentence, INDENT)),
  ]
}

function worstLines(title: string, rows: readonly ComparedRow[], { text }: Locale): string[] {
  const sentences = rows.slice(0, MOST_NAMED).map(({ group, outcome, before, after }) =>
    text('comparison.sentence', {
      change: title,
      group,
      outcome,
      before: cellText(before, text),
      after: cellText(after, text),
    }),
  )
  return sentences.length === 0 ? [] : ['', ...sentences.flatMap((sentence) => wrapped(sentence, INDENT))]
}

function cellText({ text: counts, verdict }: ComparedCell, text: Locale['text']): string {
  return verdict === null ? counts : text('comparison.sentence-side', { counts, verdict: verdict.word })
}
