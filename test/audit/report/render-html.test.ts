import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import { exampleAudit } from './example-audit.js'
import { crossedAudit, largeAudit } from './large-audit.js'
import { auditWithSubjects } from './variants.js'

const html = renderHtml(exampleAudit())

describe('renderHtml', () => {
  it('gives the same bytes for the same audit', () => {
    expect(renderHtml(exampleAudit())).toBe(html)
  })

  it('escapes hostile names', () => {
    expect(html).not.toContain('<script>alert(1)')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).toContain('__proto__')
    expect(html).toContain('{{braces}}')
    expect(html).not.toContain('\u202e')
  })

  it('allows by hash exactly the style and the script it holds, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/
      .exec(html)?.[1]
      ?.replaceAll('&#x27;', "'")
      .replaceAll('&#x3D;', '=')
    const hash = (element: string): string => {
      const text = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(html)?.[1] ?? ''
      return createHash('sha256').update(text).digest('base64')
    }
    expect(policy).toBe(
      `default-src 'none'; img-src data:; style-src 'sha256-${hash('style')}'; script-src 'sha256-${hash('script')}'; base-uri 'none'; form-action 'none'`,
    )
  })

  it('names no address that a browser could fetch', () => {
    expect(html.match(/(?:src|href)="(?!#)[^"]*"/g)).toBeNull()
    expect(html).not.toMatch(/@import|\sstyle=|\son[a-z]+=/)
  })

  it('bears the banner on simulated data and only there', () => {
    expect(renderHtml(exampleAudit({ simulated: true }))).toContain(
      'Simulated data: says nothing about any model or any people.',
    )
    expect(html).not.toContain('Simulated data:')
  })

  it('says DRAFT, who labelled the people and what was not measured on the first page', () => {
    const first = html.slice(0, html.indexOf('id="asked"'))
    expect(first).toContain('Draft')
    expect(first).toContain('Groups are as annotators perceived them')
    expect(first).toContain('Not measured: disability')
  })

  it('keeps the summary within 150 words', () => {
    const summary = /<div class="prose">([\s\S]*?)<\/div>/.exec(html.slice(html.indexOf('id="summary"')))?.[1] ?? ''
    const count = summary
      .replace(/<[^>]+>/g, ' ')
      .trim()
      .split(/\s+/).length
    expect(count).toBeGreaterThan(40)
    expect(count).toBeLessThanOrEqual(150)
  })

  it('never prints a percentage for no images', () => {
    expect(html).toContain('0 of 0')
    expect(html).not.toMatch(/0 of 0<\/td><td>0%/)
  })

  it('gives every chart a title, a description and a table with the same counts', () => {
    const charts = html.match(/<svg class="dots[\s\S]*?<\/svg>/g) ?? []
    expect(charts.length).toBeGreaterThan(20)
    for (const chart of charts) {
      expect(chart).toMatch(/<title [^>]*>[^<]+<\/title><desc [^>]*>[^<]+<\/desc>/)
      for (const [, counts = ''] of chart.matchAll(/class="num"[^>]*>([\d,]+ of [\d,]+) /g)) {
        expect(html.includes(`<td>${counts}<`) || html.includes(`${counts} image`)).toBe(true)
      }
    }
  })

  it('writes label terms only in the closed list at the end', () => {
    const terms = html.indexOf('an insulting term')
    expect(terms).toBeGreaterThan(html.indexOf('id="words"'))
    expect(html.indexOf('an insulting term', terms + 1)).toBe(-1)
  })

  it('lists every cell of an intersection, the small ones too', () => {
    expect((html.match(/<td class="few">/g) ?? []).length).toBeGreaterThan(40)
    expect(html).toContain('<td class="empty">')
  })

  it('prints no status as reproduced on simulated data', () => {
    expect(renderHtml(exampleAudit({ simulated: true }))).not.toContain('>reproduces<')
  })

  it('puts a word for the severity beside the verdict', () => {
    expect(html).toMatch(/Disparity, higher<\/span> <span class="sev sev-serious">serious<\/span>/)
  })

  it('keeps off paper only the tables whose counts the heat table has, and says so in its caption', () => {
    const tables = html.match(/<details class="table screen-only">/g) ?? []
    expect(tables.length).toBeGreaterThan(0)
    expect(html.match(/<span class="fine in-print">On paper this table stands alone/g)).toHaveLength(tables.length)
    expect(html.match(/<table class="heat">/g)).toHaveLength(tables.length)
  })

  it('sets what chance alone gives beside every distance between groups', () => {
    const gaps = html.match(/Largest against smallest: [\d.]+ points[^<]*/g) ?? []
    expect(gaps.length).toBeGreaterThan(20)
    expect(gaps.filter((sentence) => !sentence.includes('Chance alone gives'))).toEqual([])
  })

  it('calls q exploratory wherever it stands', () => {
    const tables = html.match(/<table class="rates[ "]/g) ?? []
    expect(html.match(/Margin p \(exploratory q\)/g)).toHaveLength(tables.length)
  })

  it('gives intersections a steadied rate, and nothing else', () => {
    expect(html.match(/Steadied rate, 95% interval/g)).toHaveLength((html.match(/rates has-steadied/g) ?? []).length)
    const single = html.slice(html.indexOf('id="results"'), html.indexOf('id="intersections"'))
    expect(single).not.toContain('Steadied rate')
    expect(html).toContain('so every steadied rate becomes the common one')
  })

  it('closes every table of spread and every long table at an equal mix', () => {
    expect(html.match(/<table class="spread">/g)).toHaveLength(
      (html.match(/<summary>Table: how far apart the groups lie/g) ?? []).length,
    )
    expect(
      html.match(/<summary>Table: by race, at an equal mix of gender × age, label set [\w-]+, 21 rows/g),
    ).toHaveLength(2)
  })

  it('leaves out what an audit has no estimates for', () => {
    const audit = exampleAudit()
    const without = renderHtml({ ...audit, derived: { ...audit.derived, estimates: [] } })
    expect(without).not.toMatch(/class="spread"|id="equal-mix"|#equal-mix|has-steadied"|Largest against/)
  })

  it('labels intervals as approximate, with subjects under the counts, where several images show one subject', () => {
    const clustered = renderHtml(auditWithSubjects())
    expect(clustered).toContain('<td>234 of 1,551 <i>517 subjects</i><td>')
    expect(clustered).toContain('Rate, approximate 95% interval')
    expect(clustered).toContain('Several images can show one subject. Intervals and verdicts allow for it')
    expect(clustered).not.toContain('Images are taken as independent; several')
    expect(html).not.toMatch(/approximate 95% interval|subjects<\/i>/)
  })

  it('stays under 1.5 MB for 126 groups by three attributes under four label sets', () => {
    const audit = crossedAudit(4)
    const cells = audit.derived.rates.filter(({ groupBy, group }) => groupBy.length === 3 && group !== null)
    expect(cells.length / (4 * 3)).toBeGreaterThanOrEqual(126)
    expect(audit.facts.labelSets).toHaveLength(4)
    expect(Buffer.byteLength(renderHtml(audit))).toBeLessThan(1_500_000)
  })

  it('stays under 3 MB at 200 groups and 20 outcomes', () => {
    expect(Buffer.byteLength(renderHtml(largeAudit(200, 20)))).toBeLessThan(3_000_000)
  })

  it('refuses an audit that names a rate it does not hold', () => {
    const audit = exampleAudit()
    const broken: AuditResult = { ...audit, derived: { ...audit.derived, rates: audit.derived.rates.slice(1) } }
    expect(() => renderHtml(broken)).toThrow('audit.json: expected a rate')
  })
})
