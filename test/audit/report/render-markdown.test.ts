import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
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
