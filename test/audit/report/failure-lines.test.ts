import { describe, expect, it } from 'vitest'
import { failureLines } from '../../../src/audit/report/failure-lines.js'
import { readLocale } from '../../../src/audit/report/locale.js'
import { wordsFor } from '../../../src/audit/report/words.js'
import { exampleAudit } from './example-audit.js'

type Table = Parameters<typeof failureLines>[0][number]
type Row = Table['rows'][number]

const audit = exampleAudit()

/** A table of so many groups, some of whose images could not be read; those named have another verdict, or no image lost. */
function lines(count: number, others: Readonly<Record<number, { verdict: string; rate?: number }>>, id = 'en'): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const { verdict = 'inconclusive', rate = 0.1 } = others[index] ?? {}
    return { group: `Group${index}`, counts: '1 of 10', drawn: { rate }, verdict: { key: verdict, letter: 'X', word: verdict }, severity: null } // prettier-ignore
  })
  const table = { id: 'composition-0', attribute: 'country', caption: '', rows: rows as unknown as Row[] }
  return failureLines([table], wordsFor(audit, readLocale(id))).join(' ')
}

describe('the lines of what could not be read', () => {
  it.each(['en', 'ko'])('name a disparity in the 13th group and beyond, first (%s)', (id) => {
    const text = lines(20, { 17: { verdict: 'higher' } }, id)
    expect(text.indexOf('Group17 ')).toBeGreaterThan(0)
    expect(text.indexOf('Group17 ')).toBeLessThan(text.indexOf('Group0 '))
  })

  it('fold the others, and no disparity, however many there are', () => {
    const text = lines(20, Object.fromEntries(Array.from({ length: 15 }, (_, i) => [i + 5, { verdict: 'lower' }])))
    for (let group = 5; group < 20; group++) expect(text).toContain(`Group${group} `)
    expect(text).toContain('some in 5 more groups')
  })

  it('name a group with a disparity of which every image could be read, as others were not', () => {
    const text = lines(3, { 1: { verdict: 'lower', rate: 0 } })
    expect(text).toContain('Group1 1 of 10, lower')
    expect(text).not.toContain('none in')
  })
})
