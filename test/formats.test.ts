import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const DOCS = join(import.meta.dirname, '../docs')

type Row = { readonly format: string; readonly reads: string; readonly writes: string; readonly on: string; readonly test: string } // prettier-ignore

const rows = rowsOf(readFileSync(join(DOCS, 'formats.md'), 'utf8'))

describe('docs/formats.md', () => {
  it('says of every format whether it is read and written, and what it was tried on', () => {
    expect(rows.length).toBeGreaterThan(20)
    for (const { format, reads, writes, on } of rows)
      expect([format, [reads, writes].every((word) => ['yes', 'no'].includes(word)), on.length > 0]).toEqual([format, true, true]) // prettier-ignore
  })

  it('has no format twice', () => expect(new Set(rows.map(({ format }) => format)).size).toBe(rows.length))

  it.each(rows)('links a test of $format that is there', ({ test }) => {
    const links = [...test.matchAll(/\[[^\]]*\]\(([^)]+)\)/g)].map(([, place]) => join(DOCS, place))
    const titles = [...test.matchAll(/`([^`]+)`/g)].map(([, title]) => title)
    expect(links.length).toBeGreaterThan(0)
    expect(titles.length).toBeGreaterThan(0)
    expect(links.filter((file) => !existsSync(file))).toEqual([])
    const sources = links.map((file) => readFileSync(file, 'utf8').replace(/\\'/g, "'")).join('\n')
    expect(titles.filter((title) => !sources.includes(title))).toEqual([])
  })
})

/** Rows of all tables: five columns, format | reads | writes | tried on | test. */
function rowsOf(markdown: string): Row[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| *(format|---)/.test(line))
    .map((line) => {
      const cells = line.slice(1, -1).split(' | ').map((cell) => cell.trim()) // prettier-ignore
      expect([line, cells.length]).toEqual([line, 5])
      const [format, reads, writes, on, test] = cells
      return { format, reads, writes, on, test }
    })
}
