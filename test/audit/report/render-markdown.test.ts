import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { exampleAudit } from './example-audit.js'

const markdown = renderMarkdown(exampleAudit())

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

  it('says the draft status, the command to run again and to verify', () => {
    expect(markdown).toContain('Draft')
    expect(markdown).toContain('probity audit plan.yaml')
    expect(markdown).toContain('probity verify audit.json')
  })
})
