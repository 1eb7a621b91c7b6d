import { describe, expect, it } from 'vitest'
import { renderCsvTables } from '../../../src/audit/report/render-csv.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { auditAtAlpha } from './variants.js'

const RENDERERS = { renderHtml, renderMarkdown, renderTerminalSummary }

describe.each(Object.entries(RENDERERS))('%s', (_, render) => {
  it.each([
    [0.05, '95% interval'],
    [0.01, '99% interval'],
    [0.001, '99.9% interval'],
  ])('at the error rate %f names its intervals "%s"', (alpha, words) => {
    const named = render(auditAtAlpha(alpha)).match(/[\d.]+%[ \n]+intervals?/g) ?? []
    expect(named.length).toBeGreaterThan(0)
    expect([...new Set(named.map((found) => found.replace(/\s+/g, ' ').replace(/s$/, '')))]).toEqual([words])
  })
})

describe('renderCsvTables', () => {
  it('names the columns of bounds by the level of the policy', () => {
    const heads = (alpha: number): string =>
      renderCsvTables(auditAtAlpha(alpha))
        .map(({ text }) => text.split('\r\n')[0])
        .join()
    expect(heads(0.05)).toContain('"rate_low_95"')
    expect(heads(0.01)).toContain('"difference_high_99"')
    expect(heads(0.01)).not.toContain('95')
    expect(heads(0.001)).toContain('"rate_low_99_9"')
  })
})
