import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { auditOf, raceScene } from '../../support/facts.js'
import { exampleAudit } from './example-audit.js'

const AUDIT = exampleAudit()
const markdown = renderMarkdown(AUDIT)

describe('renderMarkdown', () => {
  it('escapes hostile names', () => {
    expect(markdown).not.toContain('<script>')
    expect(markdown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(markdown).toContain('\\_\\_proto\\_\\_')
    expect(markdown).not.toMatch(/[^\\]\[link\]/)
  })

  it('has as many cells in every table row as in its head', () => {
    const cells = (line: string): number => (line.match(/(?<!\\)\|/g) ?? []).length
    let width = 0
    for (const line of markdown.split('\n')) {
      if (!line.startsWith('|')) width = 0
      else if (width === 0) width = cells(line)
      else expect(cells(line), line).toBe(width)
    }
  })

  it('lists every limit of the gate with its worst case, where that stands, and what is let through', () => {
    const text = renderMarkdown(
      auditOf(
        raceScene(
          [
            ['A', 140, 1000],
            ['B', 10, 1000],
            ['C', 10, 1000],
          ],
          {
            policy: {
              limits: [
                { id: 'gap', kind: 'disparity' },
                { id: 'top', kind: 'ceiling', atMost: 0.05 },
                { id: 'nowhere', kind: 'ceiling', atMost: 0.05, outcomes: ['none-such'] },
              ],
              waivers: [
                {
                  ...{ limit: 'gap', group: [['race', 'A']], owner: 'A. | Person' },
                  ...{ reason: 'Fixed in the next.', expires: '2031-01-31' },
                },
              ],
            },
          },
        ),
      ),
    )
    expect(text).toContain('## Gate: limits set before the run\n\nGate failed. Limits of the policy')
    const rows = text.slice(text.indexOf('| Limit | Asks |')).split('\n').slice(2, 5)
    expect(rows[0]).toMatch(
      /^\| gap \| .* \| Waived \| A, .* \| 140 of 1,000; against everyone else: 20 of 2,000 \| 13\.0 points .*waived \|/,
    )
    expect(rows[1]).toMatch(
      /^\| top \| .*5%.* \| Exceeded \| A, .* \| 140 of 1,000 \| 14\.0% \(11\.5–16\.8%\); beyond the limit \|/,
    )
    expect(rows[2]).toMatch(/^\| nowhere \| .* \| {2}\| {2}\| .* \| 0 \|$/)
    expect(text).toMatch(/\| gap \| race A \| A\. \\\| Person \| Fixed in the next\. \| 2031-01-31 \| .* \| 1 \|/)
  })

  it('begins with the banner on simulated data', () => {
    expect(renderMarkdown(exampleAudit({ simulated: true })).startsWith('Simulated data: says nothing')).toBe(true)
    expect(markdown).not.toContain('Simulated data')
  })

  it('sets q, the detectable rate and label errors beside every verdict', () => {
    expect(markdown).toContain('| Margin p (exploratory q) | Detectable from | Wrong labels that would change it |')
    const row = markdown.split('\n').find((line) => line.startsWith('| Black | 234 of 1,551 |')) ?? ''
    expect(row).toMatch(/\| 0\.004 \(0\.009\) \| [\d.]+% \| 12 \| Disparity, higher/)
  })

  it('sets what chance alone gives beside every distance between groups', () => {
    const gaps = markdown.match(/^Largest against smallest: [\d.]+ points.*$/gm) ?? []
    expect(gaps.length).toBeGreaterThan(20)
    expect(gaps.filter((line) => !line.includes('Chance alone gives'))).toEqual([])
    expect(markdown).toContain('<summary>Table: how far apart the groups lie, by race × gender</summary>')
  })

  it('has steadied rates for intersections of two, and differences at an equal mix', () => {
    expect(markdown).toContain('| Steadied rate, 95% interval |')
    expect(markdown).toContain('Steadied rates are drawn towards the mean')
    expect(markdown).toContain('## At an equal mix')
    expect(markdown).toContain('| crime | Male against Female | 1,099 of 5,811; 450 of 5,152 |')
    const without = { ...AUDIT, derived: { ...AUDIT.derived, estimates: [] } }
    expect(renderMarkdown(without)).not.toMatch(/## At an equal mix|Largest against smallest|Steadied rate,/)
  })

  it('says the draft status, the command to run again and to verify', () => {
    expect(markdown).toContain('Draft')
    expect(markdown).toContain('probity audit plan.yaml')
    expect(markdown).toContain('probity verify audit.json')
  })
})
