import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAudit } from '../../../src/audit/definitions/audit-schema.js'
import { REPORT_FORMATS, renderReport } from '../../../src/audit/render-report.js'
import { readLocale } from '../../../src/audit/report/locale.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import { sealed } from '../../support/facts.js'
import { observedWorld } from '../../support/observed-world.js'

const PROBES = join(import.meta.dirname, '../../probes')
const observed = readdirSync(PROBES).filter((name) => existsSync(join(PROBES, name, 'observed.yaml')))
const LIST = readLocale('en').text('words.labels')
const golden = join(import.meta.dirname, '../../golden/audit.json')

const AUDITS: readonly (readonly [string, () => AuditResult])[] = [
  ['the golden audit', () => parseAudit(readFileSync(golden, 'utf8'), golden)],
  ...observed.map((probe) => [`the tables of ${probe}`, () => sealed(observedWorld(probe))] as const),
]

/** Labels, by id and by text, whose outcome harms. */
function harmful({ facts }: AuditResult): string[] {
  const words = facts.labelSets.flatMap(({ labels, outcomes }) => {
    const harms = new Set(outcomes.flatMap(([outcome, harm]) => (harm === 'none' ? [] : [outcome])))
    return labels.filter(({ outcome }) => harms.has(outcome)).flatMap(({ id, text }) => [id, text])
  })
  return [...new Set(words)]
}

/** Everything an audit is written as, the closed list of labels cut out, by name. */
async function written(audit: AuditResult): Promise<(readonly [string, string])[]> {
  const formats = REPORT_FORMATS.filter((format) => format !== 'pdf')
  const files = await Promise.all(formats.map((format) => renderReport(audit, format, {})))
  return [
    ...files.flat().map(({ name, text }) => [name, withoutGlossary(name, text)] as const),
    ['terminal', renderTerminalSummary(audit)] as const,
  ]
}

/** The closed list is the one `<details>` whose summary says so, in HTML and in Markdown. */
function withoutGlossary(name: string, text: string): string {
  const start = text.indexOf(`<summary>${LIST}</summary>`)
  if (!['report.html', 'report.md'].includes(name)) return text
  expect(start, `the closed list of ${name}`).toBeGreaterThan(0)
  return text.slice(0, start) + text.slice(text.indexOf('</details>', start))
}

/** What a definition says about itself in its own sentences, which reports quote as they stand. */
function quotedProse({ facts }: AuditResult): string {
  const probes = facts.probes.map((probe) => [
    probe.question,
    probe.motivation,
    probe.howToRead,
    probe.cannotShow,
    probe.caveats,
  ])
  return JSON.stringify([probes, facts.labelSets.map(({ title, source }) => [title, source])])
}

/** The word by itself, not inside another or inside an id. */
function standsIn(word: string, text: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}-])${escaped}(?![\\p{L}\\p{N}-])`, 'iu').test(text)
}

describe.each(AUDITS)('reports of %s', (_name, make) => {
  it('name a harmful label by its code, and only the closed list says which it is', { timeout: 120_000 }, async () => {
    const audit = make()
    const prose = quotedProse(audit)
    const words = harmful(audit).filter((word) => !standsIn(word, prose))
    const found = (await written(audit)).flatMap(([name, text]) =>
      words.filter((word) => standsIn(word, text)).map((word) => `${name}: ${word}`),
    )
    expect(found).toEqual([])
  })
})

describe('the search', () => {
  it('finds the words in the closed list, so it would find them elsewhere', async () => {
    const audit = parseAudit(readFileSync(golden, 'utf8'), golden)
    const [{ text }] = await renderReport(audit, 'html', {})
    expect(harmful(audit).filter((word) => standsIn(word, text))).toEqual(harmful(audit))
    expect(harmful(audit).length).toBeGreaterThan(3)
  })
})
