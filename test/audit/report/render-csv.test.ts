import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { renderCsvTables } from '../../../src/audit/report/render-csv.js'
import { exampleAudit } from './example-audit.js'

function table(name: string, simulated = false): Record<string, string>[] {
  const file = renderCsvTables(exampleAudit({ simulated })).find((entry) => entry.name === name)
  return parse(file?.text ?? '', { columns: true })
}

describe('renderCsvTables', () => {
  it('says in the first column of every table whether the data are simulated', () => {
    for (const simulated of [true, false]) {
      for (const { name, text } of renderCsvTables(exampleAudit({ simulated }))) {
        expect(text.startsWith('"simulated",'), name).toBe(true)
        const rows = parse(text).slice(1)
        expect(rows.length, name).toBeGreaterThan(0)
        expect(
          rows.every(([first]) => first === String(simulated)),
          name,
        ).toBe(true)
      }
    }
  })

  it('writes one row per contrast with both sides, difference, ratio, intervals and verdict', () => {
    const audit = exampleAudit()
    const rows = table('contrasts.csv')
    expect(rows).toHaveLength(audit.derived.contrasts.length)
    const black = rows.find(
      (row) => row.label_set === 'clip-paper' && row.group === 'race Black' && row.outcome === 'non-human',
    )
    expect(black).toMatchObject({ reference: 'everyone else', verdict: 'disparity', direction_or_reason: 'higher' })
    expect(Number(black?.rate)).toBeCloseTo(Number(black?.count) / Number(black?.total), 10)
    expect(Number(black?.ratio_low_adjusted)).toBeGreaterThan(1.25)
  })

  it('writes ages with an en dash, so that no spreadsheet makes a date of them', () => {
    const ages = new Set(table('cells.csv').map((row) => row['attribute age']))
    expect(ages).toContain('3–9')
    expect(ages).not.toContain('3-9')
  })

  it('puts a quote before names that a spreadsheet would run', () => {
    const sites = new Set(table('cells.csv').map((row) => row['attribute site']))
    expect([...sites].some((site) => site?.startsWith("'=cmd"))).toBe(true)
    expect([...sites].some((site) => site?.startsWith('='))).toBe(false)
  })

  it('says unbounded where a bound is infinite, and why a ratio is undefined', () => {
    const audit = exampleAudit()
    const [first, ...others] = audit.derived.contrasts
    if (first === undefined) throw new Error('the example has contrasts')
    const ratio = {
      value: null,
      reason: 'zero-reference-rate',
      interval: [1.3, null],
      unbounded: true,
      adjusted: [1.1, null],
      adjustedUnbounded: true,
      method: 'score',
    } as const
    const changed = { ...audit, derived: { ...audit.derived, contrasts: [{ ...first, ratio }, ...others] } }
    const file = renderCsvTables(changed).find(({ name }) => name === 'contrasts.csv')
    const [row] = parse<Record<string, string>>(file?.text ?? '', { columns: true })
    expect(row).toMatchObject({
      ratio: '',
      ratio_low_95: '1.3',
      ratio_high_95: 'unbounded',
      ratio_high_adjusted: 'unbounded',
      ratio_undefined: 'zero-reference-rate',
    })
    expect(table('contrasts.csv').some((other) => other.ratio_undefined === 'both-rates-zero')).toBe(true)
  })

  it('prints published figures as their source does', () => {
    expect(table('published.csv').map((row) => row.published)).toContain('14.4%')
  })
})
