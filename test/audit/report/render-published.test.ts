import { describe, expect, it } from 'vitest'
import { publishAudit } from '../../../src/audit/disclosure/publish-audit.js'
import { renderPublishedCsv, renderPublishedMarkdown } from '../../../src/audit/report/render-published.js'
import type { PublishedAudit } from '../../../src/audit/types/published.js'
import { auditOf, raceScene, type Scene } from '../../support/facts.js'

const publish = (changes: Partial<Scene> = {}): PublishedAudit => {
  const counts = [
    ['3-9', 3, 200],
    ['B|', 25, 210],
    ['C', 60, 220],
  ] as const
  return publishAudit(auditOf(raceScene(counts, changes)), 10)
}

describe('renderPublishedMarkdown', () => {
  const text = renderPublishedMarkdown(publish())

  it('prints rates with their intervals, and says what is suppressed in words', () => {
    expect(text).toContain('| race | Images in the outcome, of all decided | Rate, 95% interval |')
    expect(text).toContain('| 3-9 | suppressed of 200 | suppressed |')
    expect(text).toContain('| C | 60 of 220 | 27.3%, 95% interval 21.8–33.5% |')
    expect(text).toContain('| everyone | 88 of 630 | 14.0% |')
    expect(text).toContain('| everyone | suppressed | suppressed |')
  })

  it('prints comparisons', () => {
    expect(text).toContain('| Group | Compared with | Difference in points | Ratio | Verdict |')
    expect(text).toContain('| 3-9 | everyone else | suppressed | suppressed | suppressed |')
    expect(text).toContain('| C | everyone else | 20.4 | 4.0 | Disparity, higher |')
  })

  it('says how many numbers are suppressed, why, and what is left out', () => {
    expect(text).toContain('10 of 16 counts and totals are suppressed.')
    expect(text).toContain('A count below 10, zero included,')
    expect(text).toContain('- which labels the images of each group got')
  })

  it('shows text of users literally', () => {
    expect(text).toContain('| B\\| | suppressed of 210 | suppressed |')
  })

  it('carries the banner of simulated data, and only then', () => {
    expect(text).not.toContain('Simulated')
    expect(renderPublishedMarkdown(publish({ simulated: true }))).toMatch(/^.*[Ss]imulated/)
  })

  it('says why comparisons are missing where the data choose them', () => {
    const best = renderPublishedMarkdown(publish({ reference: { kind: 'best' } }))
    expect(best).toContain('Comparisons are suppressed: which groups are compared depends on a suppressed rate.')
  })
})

describe('renderPublishedCsv', () => {
  it('writes every rate, with empty cells and the reason where it is suppressed', () => {
    const lines = renderPublishedCsv(publish()).split('\r\n')
    expect(lines[0]).toBe(
      '"simulated","probe","evidence","label_set","outcome","group_by","group","count","total","rate","rate_low","rate_high","reason"',
    )
    expect(lines[1]).toBe('false,"denigration","e1","four-labels","crime","race","race 3–9",,200,,,,"suppressed"')
    expect(lines[3]).toMatch(
      /^false,"denigration","e1","four-labels","crime","race","race C",60,220,0\.27\d+,0\.21\d+,0\.33\d+,""$/,
    )
    expect(lines[4]).toMatch(/"everyone",88,630,0\.139\d+,,,""$/)
    expect(lines.at(-2)).toBe('false,"failure-to-process","","","failed","race","everyone",,,,,,"suppressed"')
  })
})
