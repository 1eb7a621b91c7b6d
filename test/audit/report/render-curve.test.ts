import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { renderCurveCsv } from '../../../src/audit/report/render-curve-csv.js'
import { renderCurveMarkdown } from '../../../src/audit/report/render-curve-markdown.js'
import { renderCurveTerminal } from '../../../src/audit/report/render-curve-terminal.js'
import type { CurveResult } from '../../../src/audit/types/curve.js'
import { exampleCurve } from './example-curve.js'

const curve = exampleCurve()

/** Rows by name of column. */
function rowsOf(name: string, of: CurveResult): Record<string, string>[] {
  const text = renderCurveCsv(of).find((file) => file.name === name)?.text ?? ''
  return parse(text, { columns: true })
}

describe('renderCurveCsv', () => {
  const rows = rowsOf('curve-specifications.csv', curve)

  it('has a row per specification, group and outcome, with the numbers of the file', () => {
    expect(rows).toHaveLength(120 * (7 + 2) * 3)
    const [row] = rows
    expect(row).toMatchObject({
      simulated: 'false',
      specification: '1',
      as_written: 'true',
      'choice template': 'photo',
      outcome: 'non-human',
      group: 'race Black',
      count: String(curve.facts.tables[0].counts[0][0]),
      total: '1556',
      verdict: curve.derived.records[0].verdicts[0],
    })
    expect(Number(row.difference)).toBe(curve.derived.records[0].differences[0])
  })

  it('keeps counts of groups that have no record, without a difference', () => {
    const unknown = rowsOf('curve-specifications.csv', exampleCurve({ holes: true })).filter(
      ({ group }) => group === 'race unknown',
    )
    expect(unknown).toHaveLength(96 * 3)
    expect(unknown[0]).toMatchObject({ count: '3', total: '40', difference: '', verdict: '' })
  })

  it('sums up each group over all specifications', () => {
    const summary = rowsOf('curve-summary.csv', curve)
    expect(summary).toHaveLength(curve.derived.records.length)
    const [black] = summary
    expect(black.group).toBe('race Black')
    const counts = ['higher', 'lower', 'within_margin', 'inconclusive', 'insufficient'].map((verdict) =>
      Number(black[`specifications_${verdict}`]),
    )
    expect(counts.reduce((a, b) => a + b)).toBe(120)
    expect(Number(black.median)).toBe(curve.derived.records[0].quartiles?.[1])
    expect(Number(black['variance share neutral-alternative'])).toBe(curve.derived.records[0].variance?.factors[1])
    expect(Number(black.kendall_w)).toBe(curve.derived.ranks[0].kendallW)
  })

  it('says in the first column of every table that data are simulated', () => {
    for (const { text } of renderCurveCsv(exampleCurve({ simulated: true, sizes: [2, 1, 1, 1] }))) {
      const [header, ...lines] = text.trimEnd().split('\r\n')
      expect(header.startsWith('"simulated",')).toBe(true)
      expect(lines.length).toBeGreaterThan(5)
      expect(lines.every((line) => line.startsWith('true,'))).toBe(true)
    }
  })
})

describe('renderCurveMarkdown', () => {
  it('has the answer, the choices, the grid and the method, and the banner on simulated data', () => {
    const text = renderCurveMarkdown(exampleCurve({ simulated: true }))
    expect(text.startsWith('Simulated data: says nothing')).toBe(true)
    for (const heading of ['The short answer', 'Which choices matter', 'The grid as declared', 'Method', 'Limits'])
      expect(text).toContain(`## ${heading}\n`)
    expect(text).toMatch(/In \d+ of 120 specifications, images of the group Black/)
    expect(renderCurveMarkdown(curve)).not.toContain('Simulated data')
  })

  it('prints hostile names as text', () => {
    const text = renderCurveMarkdown(exampleCurve({ hostile: '<script>x</script>|`', holes: true }))
    expect(text).not.toContain('<script>')
    expect(text).toContain('&lt;script&gt;x&lt;/script&gt;\\|\\`')
  })
})

describe('renderCurveTerminal', () => {
  const lines = (of: CurveResult): string[] => renderCurveTerminal(of).split('\n')

  it('fits a terminal: at most 25 lines of 100 characters', () => {
    const { facts, derived } = curve
    const again = [0, 1].flatMap((copy) => derived.records.map((r) => ({ ...r, table: r.table + copy * 6 })))
    const many: CurveResult = {
      ...curve,
      facts: { ...facts, tables: [...facts.tables, ...facts.tables] },
      derived: { ...derived, records: again },
    }
    for (const each of [curve, exampleCurve({ simulated: true }), exampleCurve({ holes: true }), many]) {
      expect(lines(each).length).toBeLessThanOrEqual(25)
      expect(Math.max(...lines(each).map(({ length }) => length))).toBeLessThanOrEqual(100)
    }
    expect(renderCurveTerminal(many)).toContain('4 further questions are in the report.')
  })

  it('gives the leading group of every question, and what changes sign', () => {
    const text = renderCurveTerminal(curve).replace(/\n\s+/g, ' ')
    expect(text).toMatch(/non-human by race, Black: higher in \d+ of 120, lower in 0, .* points, joint p 0\.001/)
    expect(text).toContain('The difference of these groups changes sign within the grid: Male (non-human)')
    expect(text).toContain('their number is no evidence of its own')
  })
})
