import type { AuditResult } from '../../types/audit.js'
import { withoutMarks } from '../foreign.js'
import { markdownHeading, markdownList, markdownParagraph } from '../markdown.js'
import type { ReportOptions } from '../report-options.js'
import { frontLimits } from '../view/front.js'
import { instructions } from '../view/instructions.js'
import { wordsOf } from './words-of.js'

/** A short block for the instructions for use, in Markdown: what was measured for which groups, and what was not. */
export function renderInstructions(audit: AuditResult, options: ReportOptions = {}): string {
  const words = wordsOf(audit, options)
  const { title, paragraphs, lists } = instructions(words, frontLimits(words))
  const lines = [
    ...markdownHeading(2, title),
    ...paragraphs.flatMap(markdownParagraph),
    ...lists.flatMap(({ heading, entries }) => [...markdownHeading(3, heading), ...markdownList(entries)]),
  ]
  return withoutMarks(`${lines.join('\n').trimEnd()}\n`)
}
