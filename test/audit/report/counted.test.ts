import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { toView } from '../../../src/audit/report/to-view.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import { exampleAudit } from './example-audit.js'
import { auditWithGenders, auditWithOneLabelSet } from './variants.js'

const plain = (text: string): string => text.replace(/\s+/g, ' ')

function withOneImage(): AuditResult {
  const audit = exampleAudit()
  const { facts } = audit
  const rows = { in: 1, processed: 1, quarantined: 0, excluded: 0 }
  const sources = [{ file: 'labels.csv', sha256: 'sha256:0', rows: 1 }]
  const policy = { ...facts.policy, minimumImages: 1 }
  return { ...audit, facts: { ...facts, policy, dataset: { ...facts.dataset, rows, sources, subjects: 1 } } }
}

describe('a report that counts one', () => {
  it('speaks of one label set in the singular and of several in the plural', () => {
    const one = plain(renderTerminalSummary(auditWithOneLabelSet()))
    expect(one).toContain('with the label set clip-paper (seed')
    expect(one).toContain('these images and this label set;')
    expect(plain(renderTerminalSummary(exampleAudit()))).toContain('with the label sets clip-paper, clip-paper-child')
    const { front } = toView(auditWithOneLabelSet())
    expect(front.summary[0]).toContain('the classes of the label set clip-paper.')
    expect(front.limits).toContain(
      'Every figure holds for this label set and this wording; other words can give other figures.',
    )
    expect(renderMarkdown(auditWithOneLabelSet())).not.toMatch(/the label sets clip|these label sets/)
  })

  it('does the same where nothing could be compared', () => {
    const { front, withoutResults } = toView(auditWithGenders(true))
    expect(front.noLargest).toContain('No probe applies to the label set of this run')
    expect(front.summary[1]).toContain('No probe applies to this label set')
    expect(withoutResults[0]).toContain('does not apply to the label set of this run (genders): the label set lacks')
  })

  it('speaks of one image, one row and one subject in the singular', () => {
    const { data, front, method } = toView(withOneImage())
    expect(data.rows).toBe('1 row in = 1 processed + 0 quarantined + 0 excluded')
    expect(data.sheet.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['labels.csv (1 row)', '1 subject; several images may show one']),
    )
    expect(front.summary[0]).toContain('sorted 1 image of')
    expect(method.paragraphs.join(' ')).toContain('at least 1 image on both sides')
    expect(method.paragraphs.join(' ')).toContain('Under 1 image on a side')
  })
})
