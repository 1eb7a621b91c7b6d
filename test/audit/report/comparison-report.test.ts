import { describe, expect, it } from 'vitest'
import { renderComparisonCsv } from '../../../src/audit/report/render-comparison-csv.js'
import { renderComparisonHtml } from '../../../src/audit/report/render-comparison-html.js'
import { renderComparisonMarkdown } from '../../../src/audit/report/render-comparison-markdown.js'
import { renderComparisonTerminal } from '../../../src/audit/report/render-comparison-terminal.js'
import { compareAudits } from '../../../src/audit/compare/compare-audits.js'
import { comparisonId } from '../../../src/audit/audit-file/comparison-id.js'
import { auditOf, raceScene } from '../../support/facts.js'
import { BEFORE, exampleComparison as example } from './example-comparison.js'

describe('the report of a comparison', () => {
  const html = renderComparisonHtml(example())

  it('is one page without a request or a script, and escapes what users named', () => {
    expect(html).toContain('default-src &#x27;none&#x27;')
    expect(html).not.toMatch(/<script|<link|<img|url\((?!"data:)/)
    expect(html).toContain('&lt;script&gt;')
    expect(renderComparisonHtml(example())).toBe(html)
  })

  it('says on top what differs, what it means and how the images were compared', () => {
    expect(html).toContain('Only the model differs: what changed below is about the model, on these images.')
    expect(html).toContain('The same images were compared one by one.')
    expect(html).toContain('2 images were decided in one of the two only and are left out.')
    expect(html.indexOf('id="differences-h"')).toBeLessThan(html.indexOf('id="results-h"'))
  })

  it('gives every finding with counts, intervals, both verdicts and the paired change', () => {
    expect(html).toMatch(/100 of 400 \(25\.0%, 95% interval 21\.0–29\.5%\); reference 20 of 800/)
    expect(html).toMatch(
      /Change, higher: 20\.0 points \([\d.]+ to [\d.]+\), 0 left and 80 entered, of the same 400 images/,
    )
    expect(html).toMatch(/Change, lower: −5\.0 points/)
  })

  it('gives the same in Markdown and in CSV', () => {
    const markdown = renderComparisonMarkdown(example())
    expect(markdown).toContain('### Worsened')
    expect(markdown).toContain('&lt;script&gt;')
    expect(markdown).toContain('Change, higher: 20.0 points')
    const [{ name, text }] = renderComparisonCsv(example())
    const rows = text.trim().split('\r\n')
    expect(name).toBe('comparison.csv')
    expect(rows).toHaveLength(1 + example().findings.length)
    expect(rows[1]).toContain('"worsened"')
    expect(rows[1]).toContain(',20,0,80,300,0.2,')
  })

  it('fits a terminal and names the worst first', () => {
    const lines = renderComparisonTerminal(example()).split('\n')
    expect(lines.every((line) => line.length <= 100)).toBe(true)
    expect(lines.length).toBeLessThan(35)
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('After: 100 of 400 (25.0%, 95% interval 21.0–29.5%); reference 20 of 800 (Disparity, higher)') // prettier-ignore
  })

  it('says that verdicts were compared where the decisions were not kept', () => {
    expect(renderComparisonTerminal(example(false)).replace(/\s+/g, ' ')).toContain('The decisions of the two were not both kept') // prettier-ignore
  })

  it.each([
    [[true, false], 'The evidence of the first audit is incomplete'],
    [[false, true], 'The evidence of the second audit is incomplete'],
    [[true, true], 'The evidence of both audits is incomplete'],
  ])('says before anything else that evidence is incomplete: %j', (incomplete, sentence) => {
    const comparison = example()
    const [first, second] = comparison.audits
    const audits = [
      { ...first, isIncomplete: incomplete[0] },
      { ...second, isIncomplete: incomplete[1] },
    ] as const
    const text = renderComparisonTerminal({ ...comparison, audits })
    expect(text.replace(/\s+/g, ' ')).toContain(sentence)
    expect(text.indexOf('incomplete')).toBeLessThan(text.indexOf('one by one'))
    expect(renderComparisonHtml({ ...comparison, audits })).toContain(sentence)
    expect(renderComparisonMarkdown({ ...comparison, audits })).toContain(sentence)
    expect(renderComparisonTerminal(comparison)).not.toContain('incomplete')
  })

  it('names what one of the two does not have, and where to look when the version is another', () => {
    const differences = [
      { kind: 'label-set', name: 'clip-paper', first: null, second: 'v2' },
      { kind: 'policy', name: 'ceiling', first: '0.1', second: null },
      { kind: 'tool-version', name: 'probity', first: '0.1.0', second: '0.2.0' },
    ] as const
    const markdown = renderComparisonMarkdown({ ...example(), differences })
    expect(markdown).toMatch(/\| [^|]*clip-paper \| not there \| v2 \|/)
    expect(markdown).toMatch(/\| [^|]*ceiling \| 0\.1 \| not there \|/)
    expect(markdown).toContain('its CHANGELOG lists numbers that change first')
    expect(renderComparisonMarkdown({ ...example(), differences: differences.slice(0, 2) })).not.toContain('CHANGELOG')
  })

  it('lays nothing to the model where only what is done to its images differs', () => {
    const differences = [{ kind: 'preprocessing', name: 'crop', first: '224', second: '336' }] as const
    const text = renderComparisonTerminal({ ...example(), differences }).replace(/\s+/g, ' ')
    expect(text).toContain('The model is the same, but not what is done to its images')
    expect(text).not.toContain('Only the model differs')
  })

  it('calls decisions that were made elsewhere so', () => {
    const comparison = example()
    const audits = [{ ...comparison.audits[0], models: [] }, comparison.audits[1]] as const
    expect(renderComparisonMarkdown({ ...comparison, audits })).toContain('decisions made elsewhere')
    expect(renderComparisonMarkdown(comparison)).not.toContain('decisions made elsewhere')
  })

  it('names the runs that a finding is of once where they are alike, both where not, and what was not asked', () => {
    const comparison = example()
    const [finding] = comparison.findings
    const runs = (parts: Partial<typeof finding>): string[] => {
      const [{ text }] = [{ text: renderComparisonMarkdown({ ...comparison, findings: [{ ...finding, ...parts }] }) }]
      const row = text.split('\n').find((line) => line.includes('&lt;script&gt;') && line.startsWith('|')) ?? ''
      return row.split('|').map((cell) => cell.trim())
    }
    const sources = (first: string | null, second: string | null) => ({ labelSets: ['l', 'l'] as const, sources: [first, second] as const }) // prettier-ignore
    expect(runs(sources('old', 'new'))).toContain('l, old → new')
    expect(runs(sources('old', 'old'))).toContain('l, old')
    expect(runs(sources('old', null))).toContain('l, old')
    expect(runs(sources(null, 'new'))).toContain('l, new')
    expect(runs({ first: null })).toContain('not asked')
  })

  it('shows four hundred findings of a class, and says that comparison.csv has all', () => {
    const comparison = example()
    const worsened = comparison.findings.filter(({ change }) => change === 'worsened')
    const findings = Array.from({ length: 401 }, () => worsened[0])
    const counts = comparison.counts.map(([change, some]) => [change, change === 'worsened' ? 401 : some] as const)
    const markdown = renderComparisonMarkdown({ ...comparison, counts, findings })
    expect(markdown).toContain('The first 400 of 401 are shown, worst first; comparison.csv has all.')
    expect(markdown.split('\n').filter((line) => line.startsWith('| ') && line.includes('&lt;script&gt;'))).toHaveLength(400) // prettier-ignore
    expect(renderComparisonMarkdown(comparison)).not.toContain('are shown, worst first')
  })

  it('says so when nothing differs', () => {
    const audit = auditOf(raceScene(BEFORE))
    const same = compareAudits([audit, audit], { pairing: 'not-needed', unpaired: 0, changes: new Map() }, comparisonId)
    expect(renderComparisonHtml(same)).toContain(
      'Nothing: the same images, models, label sets, limits and version of Probity.',
    )
  })
})
