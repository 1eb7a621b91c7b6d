import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readLocale } from '../../../src/audit/report/locale.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { toView } from '../../../src/audit/report/to-view.js'
import { findingsToActOn } from '../../../src/audit/report/view/register.js'
import { exampleSignoff } from '../example-signoff.js'
import { exampleAudit } from './example-audit.js'
import { incompleteAudit } from './variants.js'

const EXAMPLE = exampleAudit()
// the example gives all findings one fingerprint; a run gives each its own
const findings = EXAMPLE.derived.findings.map((finding) => ({ ...finding, fingerprint: finding.id }))
const AUDIT = { ...EXAMPLE, derived: { ...EXAMPLE.derived, findings } }
const SIGNED = exampleSignoff(AUDIT.auditId)
const [FIRST] = findingsToActOn(AUDIT)
const html = renderHtml(AUDIT, { signoff: SIGNED })

/** One section of a page. */
function section(page: string, id: string): string {
  return new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(page)?.[0] ?? ''
}

describe('the sections that people sign', () => {
  it('say draft on screen, in Markdown and on the terminal until somebody signs', () => {
    expect(renderHtml(AUDIT)).toContain('<span class="stamp">Draft</span>')
    expect(renderHtml(AUDIT)).toContain('No sign-off lies beside this audit')
    expect(renderMarkdown(AUDIT)).toContain('- Status: Draft · nobody has signed')
    expect(renderTerminalSummary(AUDIT)).toContain('This is a draft: nobody has signed it')
  })

  it('say who approved and until when once it is final, and draft nowhere', () => {
    expect(html).toContain('<span class="stamp stamp-final">Final</span>')
    expect(html).toContain('signed by Chidi Example, analyst at Example, on 2030-01-04')
    expect(html).toContain('to be relied on until 2031-01-04')
    for (const mark of ['class="stamp">Draft', 'content:"Draft', '>Draft ·', '>Draft<'])
      expect(html).not.toContain(mark)
    expect(renderMarkdown(AUDIT, { signoff: SIGNED })).toContain('Final report, signed by Chidi Example')
  })

  it('show what nobody has stated as not stated, never as nothing', () => {
    const rows = toView(AUDIT, undefined, { ...SIGNED, status: 'draft', system: { ...SIGNED.system, version: null } })
    expect(rows.system.rows.find(({ field }) => field === 'Version')).toEqual({
      field: 'Version',
      text: 'not stated',
      isStated: false,
    })
    expect(section(renderHtml(AUDIT), 'system')).toContain('not stated')
  })

  it('list every disparity towards harm, worst kind first, with the action that was planned for it', () => {
    if (FIRST === undefined) throw new Error('the example has no disparity towards harm')
    const action = { finding: FIRST.fingerprint, owner: 'Ana', action: 'drop these labels', due: '2030-02-01' }
    const { register } = toView(AUDIT, undefined, { ...SIGNED, actions: [action] })
    const all = [...register.open, ...register.closed]
    const listed = new Set(all.map(({ id }) => id))
    expect(
      findingsToActOn(AUDIT)
        .slice(0, 100)
        .every(({ id }) => listed.has(id)),
    ).toBe(true)
    expect(all.find(({ id }) => id === FIRST.id)).toMatchObject({ owner: 'Ana', action: 'drop these labels', due: '2030-02-01' }) // prettier-ignore
    expect(all.filter(({ owner }) => owner === '')).toHaveLength(all.length - 1)
    const worst = ['critical', 'serious', 'moderate', 'minor']
    const ranks = register.open.map(({ severity }) => worst.indexOf(severity?.key ?? ''))
    expect(ranks).toEqual([...ranks].sort())
  })

  it('list no finding where the evidence is incomplete', () => {
    const { register } = toView(incompleteAudit())
    expect(register.open).toEqual([])
    expect(register.none).toContain('the evidence is incomplete')
  })

  it('stand in the order of the contents, and every link of a page leads somewhere', () => {
    const ids = [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id ?? '')
    const order = ['decision', 'summary', 'system', 'asked', 'data', 'method', 'results', 'under-20', 'since', 'register', 'limits', 'robustness', 'crosswalk', 'provenance', 'words', 'sign-off'] // prettier-ignore
    expect(ids.filter((id) => order.includes(id))).toEqual(order.filter((id) => ids.includes(id)))
    const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const broken = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !anchors.has(id))
    expect(broken).toEqual([])
  })
})

describe('the crosswalk', () => {
  const folder = join(import.meta.dirname, '../../../reports/crosswalk')
  const sources = readdirSync(folder).map((name) => ({
    name,
    source: parse(readFileSync(join(folder, name), 'utf8')) as { id: string; rows: Record<string, unknown>[] },
  }))

  it('is data of one shape, a file per source, named by its id', () => {
    for (const { name, source } of sources) {
      expect(name).toBe(`${source.id}.yaml`)
      for (const row of source.rows) {
        expect(Object.keys(row)).toEqual(['id', 'sections', 'status', 'checked'])
        expect(['verified', 'noted', 'unverified']).toContain(row.status)
        expect(row.status === 'verified' && row.checked === null).toBe(false)
      }
    }
  })

  it.each(['en', 'ko'] as const)('speaks of every source and row in %s, and never says that a duty is met', (id) => {
    const { crosswalk } = toView(AUDIT, readLocale(id))
    expect(crosswalk.sources.map(({ rows }) => rows.length).reduce((a, b) => a + b)).toBe(
      sources.reduce((sum, { source }) => sum + source.rows.length, 0),
    )
    expect(JSON.stringify(crosswalk)).not.toMatch(/complian|conform|적합|준수함/i)
  })

  it('keeps the mark of what was read second-hand', () => {
    const rows = toView(AUDIT).crosswalk.sources.find(({ id }) => id === 'crosswalk-nyc-ll144')?.rows ?? []
    expect(rows.map(({ status }) => status)).toEqual(rows.map(() => '(unverified)'))
  })

  it('puts the Korean commission first in Korean, in the order of its four stages', () => {
    const [first] = toView(AUDIT, readLocale('ko')).crosswalk.sources
    expect(first?.rows.map(({ id }) => id)).toEqual(['plan', 'analyse', 'improve', 'disclose'])
  })

  it('fills who is affected and what was found into an assessment of rights, and leaves the rest blank', () => {
    const { rights } = toView(AUDIT, undefined, SIGNED).crosswalk
    expect(rights.map(({ lines }) => lines.length > 0)).toEqual([true, false, true, true, false, false])
    expect(rights[2]?.lines[0]).toBe('whoever is in the photos')
  })
})
