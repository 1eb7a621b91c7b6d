import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { renderCsvTables } from '../../../src/audit/report/render-csv.js'
import { renderHtml } from '../../../src/audit/report/render-html.js'
import { renderMarkdown } from '../../../src/audit/report/render-markdown.js'
import { renderTerminalSummary } from '../../../src/audit/report/render-terminal.js'
import { probeTables } from '../../../src/audit/report/view/figures/probe-tables.js'
import { wordsFor } from '../../../src/audit/report/words.js'
import { exampleAudit } from './example-audit.js'
import { auditWithTables, EXAMPLE_TABLES } from './example-tables.js'

const AUDIT = auditWithTables()
const [{ tables }] = probeTables(wordsFor(AUDIT))
const [bars, line, dots] = tables

describe('the tables of measures', () => {
  it('print every figure in the unit of its column, with interval, counts and chance', () => {
    expect(bars.rows[0].cells[0]).toEqual({
      text: '10.0%',
      interval: '8.0% to 12.0%',
      counts: '40 of 400',
      chance: '',
      status: '',
      kind: 'own',
    })
    expect(bars.rows[1].cells[2]).toMatchObject({ text: '24.7', chance: 'by chance 1.00, up to 3.84; p 0.001' })
    expect(bars.rows[0].cells[3].text).toBe('below 0.001')
  })

  it('print a reason where there is no value, and nothing where the source leaves a blank', () => {
    expect(bars.rows[2].cells[1]).toMatchObject({ text: 'no images', kind: 'none' })
    expect(bars.rows[3].cells[2]).toMatchObject({ text: '', kind: 'blank' })
  })

  it('print published figures to their printed decimal, with their status, and each reason once', () => {
    expect(bars.rows[3].isPublished).toBe(true)
    expect(bars.rows[3].cells[0]).toMatchObject({ text: '14.40%', status: 'not comparable', kind: 'printed' })
    expect(bars.rows[3].cells[1]).toMatchObject({ text: '9.8%', status: 'differs' })
    expect(bars.publishedNotes).toEqual(['crop not stated'])
  })

  it('draw what can be drawn: shares as bars, rows as lines, values with intervals', () => {
    expect(bars.bars?.legend.map(({ name }) => name)).toEqual(bars.columns.slice(0, 2))
    expect(bars.bars?.rows.map((row) => row.bars.length)).toEqual([2, 2, 1]) // no bar for what has no value, none for a publication
    const widths = bars.bars?.rows.flatMap((row) => row.bars.map(({ width }) => parseFloat(width))) ?? []
    expect(widths[1] / widths[0]).toBeCloseTo(90 / 410 / (40 / 400), 2)
    expect(line.line?.lines).toHaveLength(3)
    expect(line.line?.lines[0].path.match(/[ML]/g)).toHaveLength(5)
    const [low, middle, high] = dots.dots?.rows.map(({ dot }) => parseFloat(dot)) ?? []
    expect(low).toBeLessThan(middle)
    expect(middle).toBeLessThan(high)
    expect(bars.line ?? bars.dots ?? line.bars ?? line.dots ?? dots.bars ?? dots.line).toBeNull()
  })

  it('stand in the page, in Markdown and, by name, in the terminal', () => {
    const page = renderHtml(AUDIT)
    for (const { id } of EXAMPLE_TABLES) expect(page).toContain(`id="tb-${id}"`)
    expect(page).toContain('figure.figures') // the rules come with the tables
    expect(renderHtml(exampleAudit())).not.toContain('figure.figures')
    const markdown = renderMarkdown(AUDIT)
    expect(markdown).toContain('10.0% (8.0% to 12.0%; 40 of 400)')
    expect(markdown).toContain('14.40% (not comparable)')
    expect(renderTerminalSummary(AUDIT)).toContain('All tables of this probe, 3 in number')
    expect(renderTerminalSummary(exampleAudit())).not.toContain('All tables')
  })

  it('are written whole and unrounded to figures.csv', () => {
    const text = renderCsvTables(AUDIT).find(({ name }) => name === 'figures.csv')?.text ?? ''
    const rows: Record<string, string>[] = parse(text, { columns: true })
    const figures = EXAMPLE_TABLES.flatMap((table) =>
      table.rows.flatMap((row) => row.figures.filter(({ kind }) => kind !== 'blank')),
    )
    expect(rows).toHaveLength(figures.length)
    expect(rows[2]).toMatchObject({ table: 'made-up/bars', row: 'Black', column: 'chi', value: '12.3456', p: '0.001' })
    expect(rows.find(({ printed }) => printed === '14.40')).toMatchObject({ status: 'not-comparable', value: '' })
    expect(rows.find(({ undefined: reason }) => reason !== '')).toMatchObject({ undefined: 'no-images', value: '' })
    expect(renderCsvTables(exampleAudit()).map(({ name }) => name)).not.toContain('figures.csv')
  })
})
