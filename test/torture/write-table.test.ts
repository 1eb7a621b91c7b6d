import { describe, expect, it } from 'vitest'
import { writeTable } from './write-table.mjs'

const DOCUMENT = `before
<!-- figures of the last run: written by \`npm run torture\` -->
old
<!-- end of the figures -->
after
`
const ABOUT = { seed: '7', minutes: 3, machine: 'linux', day: '2026-11-27', isWhole: true }
const ROW = { where: 'store', fault: 'a bit flips', tried: 10_000, lost: 0, wrong: 0 }

describe('the table of docs/reliability.md', () => {
  it('takes the place of the one before, and adds up', () => {
    const text = writeTable(DOCUMENT, [ROW, { ...ROW, fault: 'a write is torn', tried: 2_000 }], ABOUT)
    expect(text).toMatch(/^before\n/)
    expect(text).toMatch(/\nafter\n$/)
    expect(text).not.toContain('old')
    expect(text).toContain('2026-11-27, seed 7, 3 minutes on linux.')
    expect(text).toContain('| store | a bit flips | 10,000 | 0 | 0 |')
    expect(text).toContain('| **all** | | **12,000** | **0** | **0** |')
    expect(writeTable(text, [ROW], ABOUT)).toContain('| **all** | | **10,000** |')
  })

  it('says that a run failed', () => {
    expect(writeTable(DOCUMENT, [ROW], { ...ABOUT, isWhole: false })).toContain('**The run failed')
  })

  it('is not written where the document has no place for it', () => {
    expect(() => writeTable('nothing', [ROW], ABOUT)).toThrow('no place')
  })
})
