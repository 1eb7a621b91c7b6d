import type { AuditResult } from '../../types/audit.js'
import { withoutMarks } from '../foreign.js'
import { markdownHeading, markdownParagraph, markdownText } from '../markdown.js'
import { printable } from '../names.js'
import type { ReportOptions } from '../report-options.js'
import { verdictPhrase } from '../verdict-words.js'
import { front, type Harm } from '../view/front.js'
import type { Words } from '../words.js'
import { simulatedMark, wordsOf } from './words-of.js'

const MOST_SENTENCES = 6 // of a gate; a summary stays under 40 lines whatever the policy

/** An audit on one screen of a CI job, at most 40 lines of Markdown: the gate, how many verdicts of each kind, the three largest
 *  harms as counts with interval and reference, and how to run and check it again. Ids stand for label terms. */
export function renderJobSummary(audit: AuditResult, options: ReportOptions = {}): string {
  const words = wordsOf(audit, options)
  const { locale, numbers } = words
  const { gate, verdicts, largest, noLargest, readingOnly, title, auditId } = front(words)
  const left = gate.sentences.length - MOST_SENTENCES
  const lines = [
    ...(simulatedMark(words) === '' ? [] : markdownHeading(3, simulatedMark(words).trim())), // a line of its own, not one sentence with the title
    ...markdownHeading(3, title),
    `**${markdownText(gate.word)}.** ${markdownText(gate.policy)}`,
    '',
    ...gate.sentences.slice(0, MOST_SENTENCES).map((sentence) => `- ${markdownText(sentence)}`),
    ...(left > 0 ? [`- ${markdownText(locale.text('outputs.more', { count: numbers.count(left) }))}`] : []),
    '',
    ...(readingOnly === '' ? [] : [markdownText(readingOnly), '']),
    markdownText(verdicts.map(({ verdict, count }) => `${verdict.word}: ${count}`).join(' · ')),
    '',
    ...markdownHeading(4, locale.text('front.largest')),
    ...(largest.length === 0 ? markdownParagraph(noLargest) : largest.map((harm, i) => harmLine(harm, i + 1))),
    '',
    ...commands(words),
    '',
    `<sub>${markdownText(`${locale.text('outputs.summary-limits')} ${auditId}`)}</sub>`,
  ]
  return withoutMarks(
    `${lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  )
}

function harmLine(
  { heading, counts, rate, against, difference, verdict, severity, where }: Harm,
  place: number,
): string {
  const text = `${verdictPhrase(verdict, severity)}, ${where}. ${heading}: ${counts} (${rate}). ${against} ${difference}`
  return `${place}. ${markdownText(text)}`
}

/** The last part of every absolute path of a command: a summary is read by more people than may know a home or a temporary folder. The
 *  command as it was stands in audit.json. */
function withoutFolders(command: string): string {
  return command
    .replace(/(['"])(?:[A-Za-z]:[\\/]|~?\/)[^'"]*[\\/](?=[^'"\\/])/g, '$1') // quoted: may hold spaces
    .replace(/(^|[\s=])(?:[A-Za-z]:[\\/]|~?\/)(?:[^\s'"]*[\\/])?(?=[^\s'"\\/])/g, '$1')
}

/** What a reader may copy, as code: no mark of Markdown ends it, because the fence is longer than any in the text. */
function commands({ audit, locale }: Words): readonly string[] {
  const again = withoutFolders(printable(audit.run.commandLine))
  const longest = Math.max(2, ...(again.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return [
    markdownText(`${locale.text('provenance.run-again')}:`),
    '',
    `${fence}sh`,
    again,
    locale.text('provenance.verify-command'),
    fence,
  ]
}
