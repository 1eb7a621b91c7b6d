import { describe, expect, it } from 'vitest'
import { writeTable } from './write-table.mjs'

const DOCUMENT = `before
<!-- figures of the last run: written by \`npm run torture\` -->
old
<!-- end of the figures -->
after
`
const ABOUT = { seed: '7', day: '2026-11-27', machine: 'linux', failed: [] }
const ROW = { loop: 'store-flips', where: 'store', fault: 'a bit flips', tried: 10_000, lost: 0, wrong: 0 }
const OTHER = { ...ROW, loop: 'run-kill', where: 'run', fault: 'the process is killed', tried: 200 }

describe('the table of docs/reliability.md', () => {
  it('takes the place of the one before, and adds up', () => {
    const text = writeTable(DOCUMENT, [ROW, OTHER], ABOUT)
    expect(text).toMatch(/^before\n/)
    expect(text).toMatch(/\nafter\n$/)
    expect(text).not.toContain('old')
    expect(text).toContain('| store-flips | a bit flips | 10,000 | 0 | 0 | 2026-11-27, seed 7 |')
    expect(text).toContain('| **all** | | **10,200** | **0** | **0** | |')
  })

  it('keeps what other loops found last time', () => {
    const text = writeTable(writeTable(DOCUMENT, [ROW, OTHER], ABOUT), [{ ...ROW, tried: 5, wrong: 1 }], {
      ...ABOUT,
      seed: '8',
      failed: ['store-flips'],
    })
    expect(text).toContain('| run-kill | the process is killed | 200 | 0 | 0 | 2026-11-27, seed 7 |')
    expect(text).toContain('| store-flips | a bit flips | 5 | 0 | 1 | 2026-11-27, seed 8 **failed** |')
    expect(text).not.toContain('10,000')
    expect(text.match(/^\| --- /gm)).toHaveLength(1)
    expect(text).toContain('| **all** | | **205** | **0** | **1** | |')
  })

  it('is not written where the document has no place for it', () => {
    expect(() => writeTable('nothing', [ROW], ABOUT)).toThrow('no place')
  })
})
