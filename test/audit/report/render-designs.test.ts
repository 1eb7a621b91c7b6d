import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { renderCsvTables } from '../../../src/audit/report/render-csv.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { designsAudit, PAPER } from './example-designs.js'

const AUDIT = designsAudit({ ablate: ['a child'] })
const ALONE = designsAudit({ labelSets: [PAPER] })
const HTML = renderHtml(AUDIT)
const SECTION = HTML.slice(HTML.indexOf('<section id="designs"'), HTML.indexOf('<section id="limits"'))

function table(name: string): Record<string, string>[] {
  const text = renderCsvTables(AUDIT).find((file) => file.name === name)?.text ?? ''
  return parse<Record<string, string>>(text, { columns: true })
}

describe('label sets compared, on the page', () => {
  it('stand after the results, with a place in the contents for each pair', () => {
    expect(HTML.indexOf('<section id="designs"')).toBeGreaterThan(HTML.indexOf('<section id="results"'))
    expect(HTML).toContain('<a href="#pair-0">clip-paper → clip-paper-child</a>')
    expect(HTML).toContain('<a href="#ablations">What single labels do</a>')
  })

  it('show rate, counts, interval, change and verdict by letter, shape and word', () => {
    expect(SECTION).toContain('<td><b>30.0%</b> <i>60 of 200</i> <i>(24.1–36.7%)</i></td>')
    expect(SECTION).toContain('<td><b>−28.0</b> <i>(−37.4 to −20.2)</i></td>')
    expect(SECTION).toContain('<span class="v v-lower"><b>L</b> Change, lower</span>')
  })

  it('give every chart a title, a description, and a table with the same counts', () => {
    const charts = SECTION.match(/<svg class="dots"[\s\S]*?<\/svg>/g) ?? []
    expect(charts).toHaveLength(2 * 4 * 3)
    for (const chart of charts) {
      expect(chart).toMatch(/<title [^>]*>[^<]+<\/title><desc [^>]*>[^<]+<\/desc>/)
      for (const [, before, after, n] of chart.matchAll(/class="num"[^>]*>([\d,]+) → ([\d,]+) of ([\d,]+) /g)) {
        expect(SECTION).toContain(`<i>${before} of ${n}</i>`)
        expect(SECTION).toContain(`<i>${after} of ${n}</i>`)
      }
    }
  })

  it('escape hostile names, and keep the texts of harmful labels at the end', () => {
    expect(SECTION).not.toContain('<script>')
    expect(SECTION).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(SECTION).toContain('{{braces}}')
    expect(SECTION).not.toContain('\u202e')
    expect(SECTION).not.toContain('an insulting term')
    expect(HTML).toContain('an insulting term')
  })

  it('have ids that occur once', () => {
    const ids = [...HTML.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })

  it('explain their words and formulae at the end', () => {
    expect(HTML).toContain('<dt>One-way change</dt>')
    expect(HTML).toContain('Fagerland, Lydersen and Laake 2013')
  })

  it('stay small', () => expect(SECTION.length).toBeLessThan(600_000))

  it('leave no trace in an audit of one label set: no section, no rule of style, no word', () => {
    const alone = renderHtml(ALONE)
    expect(alone).not.toMatch(/id="designs"|#designs|id="ablations"|\.side-by-side|One-way change/)
    expect(renderMarkdown(ALONE)).not.toMatch(/^#+ Label sets compared/m)
    expect(renderTerminalSummary(ALONE)).not.toContain('Label sets compared')
    const names = renderCsvTables(ALONE).map(({ name }) => name)
    expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/change|flows|joint|ablations/)]))
  })
})

describe('label sets compared, in a terminal', () => {
  it('are one paragraph per pair, of the first outcome', () => {
    const text = renderTerminalSummary(AUDIT)
    const part = text.slice(text.indexOf('Label sets compared')).replace(/\n {4}/g, ' ')
    expect(part).toContain(
      'clip-paper → clip-paper-child: “flagged” by race (2 groups): lower in 2; by gender (2 groups): lower in 2; by age (9 groups): lower in 3, within margin in 2, inconclusive in 3, too few images in 1;',
    )
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([])
  })
})

describe('label sets compared, in Markdown', () => {
  const markdown = renderMarkdown(AUDIT)

  it('have every group with counts, rates, change and verdict', () => {
    expect(markdown).toContain(
      '| flagged | 0-2 | 60 of 200 (30.0%, 24.1–36.7%) | 4 of 200 (2.0%, 0.8–5.0%) | −28.0 (−37.4 to −20.2) | Change, lower | one-way |',
    )
    expect(markdown).toContain('- 408 of 1,316 images labelled crime 1 went to child.')
    expect(markdown).toContain('| crime | 408 | 0 | 908 |')
  })

  it('escape hostile names', () => {
    const part = markdown.slice(markdown.indexOf('## Label sets compared'), markdown.indexOf('## Limits, and'))
    expect(part).not.toMatch(/<script|(?<!\\)\[link/)
    expect(part).toContain('&lt;script&gt;')
  })
})

describe('label sets compared, as CSV', () => {
  it('write every change with the unrounded numbers of the audit', () => {
    const rows = table('changes.csv')
    expect(rows).toHaveLength(AUDIT.derived.changes.length)
    AUDIT.derived.changes.forEach((change, i) => {
      const row = rows[i]
      expect(Number(row?.both)).toBe(change.paired.both)
      expect(Number(row?.only_first)).toBe(change.paired.onlyFirst)
      expect(row?.change).toBe(change.difference.value === null ? '' : String(change.difference.value))
      expect(row?.change_high_adjusted).toBe(
        change.difference.adjusted === null ? '' : String(change.difference.adjusted[1]),
      )
      expect(row?.verdict).toBe(change.verdict.kind)
      expect(row?.p_mcnemar_mid).toBe(change.p === null ? '' : String(change.p))
    })
    expect(rows[0]).toMatchObject({
      first_label_set: 'clip-paper',
      second_label_set: 'clip-paper-child',
      simulated: 'false',
    })
  })

  it('write flows that add up to the images of their group', () => {
    const rows = table('flows.csv').filter(({ between }) => between === 'outcome')
    for (const test of AUDIT.derived.flowTests) {
      if (test.group[0]?.[1] !== '0-2') continue
      const own = rows.filter(
        (row) =>
          row.group === 'age 0–2' &&
          row.second_label_set === AUDIT.facts.paired.find(({ id }) => id === test.pair)?.labelSets[1],
      )
      expect(own.reduce((sum, row) => sum + Number(row.flow), 0)).toBe(test.images)
    }
    expect(table('flows.csv').find((row) => row.from === 'crime-1' && row.group === 'all images')).toMatchObject({
      to: 'child',
      flow: '408',
      of_label_before: '1316',
    })
  })

  it('write differences between changes, joint counts and ablations, one row for each', () => {
    const contrasts = table('change-contrasts.csv')
    expect(contrasts).toHaveLength(AUDIT.derived.changeContrasts.length)
    expect(contrasts[0]?.difference).toBe(String(AUDIT.derived.changeContrasts[0]?.difference.value))
    expect(table('joint.csv')).toHaveLength(AUDIT.derived.jointTests.length * 3)
    const ablations = table('ablations.csv')
    expect(ablations).toHaveLength(AUDIT.derived.ablations.length)
    expect(ablations[0]).toMatchObject({
      change: String(AUDIT.derived.ablations[0]?.change),
      rank: String(AUDIT.derived.ablations[0]?.rank),
    })
  })

  it('put a quote before names that a spreadsheet would run', () => {
    const groups = new Set(table('changes.csv').map((row) => row.group))
    expect([...groups].filter((group) => group?.startsWith('='))).toEqual([])
  })
})
