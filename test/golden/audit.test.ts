import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import { renderCsvTables } from '../../src/audit/report/render-csv.js'
import { renderHtml } from '../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../src/audit/report/render-terminal.js'
import { runVerify } from '../../src/audit/run-verify.js'
import { auditOf } from '../support/facts.js'
import { SCENE } from './scene.js'

const IS_WRITING = process.env['GOLDEN'] === 'write'
const AUDIT = auditOf(SCENE)
const FILES: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'audit.json', text: readableJson(AUDIT) },
  { name: 'report.html', text: renderHtml(AUDIT) },
  { name: 'report.md', text: renderMarkdown(AUDIT) },
  { name: 'summary.txt', text: `${renderTerminalSummary(AUDIT)}\n` },
  ...renderCsvTables(AUDIT),
]

/** What one would have to look at: the first line that differs, as saved and as made now. */
function firstDifference(name: string, saved: string, made: string): string {
  if (saved === made) return ''
  const [before, after] = [saved.split('\n'), made.split('\n')]
  const line = after.findIndex((text, index) => text !== before[index])
  const at = line < 0 ? after.length : line
  return [
    `${name} differs from test/golden/${name} from line ${at + 1}:`,
    `  saved: ${(before[at] ?? 'nothing').slice(0, 300)}`,
    `  made:  ${(after[at] ?? 'nothing').slice(0, 300)}`,
    'If this change is meant, run "npm run golden", review the diff like code, and put changed numbers into the changelog.',
  ].join('\n')
}

describe('the golden audit, from made-up rows to reports', () => {
  it.each(FILES)('writes the same $name', ({ name, text }) => {
    const path = join(import.meta.dirname, name)
    if (IS_WRITING) writeFileSync(path, text)
    const saved = existsSync(path) ? readFileSync(path, 'utf8') : ''
    expect(firstDifference(name, saved, text)).toBe('')
  })

  it('passes its own verification', () => {
    expect(runVerify(AUDIT).filter(({ holds }) => !holds)).toEqual([])
  })

  it('shows every kind of verdict, unknown, unreadable, excluded and undecided images', () => {
    const messages = new Set(AUDIT.derived.findings.map(({ message }) => message.id))
    expect([...messages].sort()).toEqual([
      'disparity.higher',
      'disparity.lower',
      'inconclusive.interval-too-wide',
      'inconclusive.interval-too-wide.beyond-hundredfold',
      'inconclusive.near-ties-decide',
      'insufficient.group-too-small',
      'insufficient.reference-too-small',
      'within-margin.difference',
    ]) // few-events and the other ways to be within the margin need thousands of images: test/audit/findings holds them
    const { rows, attributes } = AUDIT.facts.dataset
    expect([rows.quarantined, rows.excluded, attributes[0].unknown]).toEqual([8, 7, 11])
    expect(AUDIT.derived.published.map(({ status }) => status)).toEqual(expect.arrayContaining(['reproduces', 'differs', 'not-comparable'])) // prettier-ignore
    expect(AUDIT.derived.gate.result).toBe('failed')
  })

  it('names the command that renews it, and the first line that differs', () => {
    expect(firstDifference('x.md', 'same\nold\n', 'same\nnew\n')).toMatch(/from line 2:\n {2}saved: old\n {2}made: {2}new\n.*npm run golden/) // prettier-ignore
  })
})
