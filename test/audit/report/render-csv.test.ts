import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { renderCsvTables } from '../../../src/audit/report/render-csv.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import { exampleAudit } from './example-audit.js'
import { auditWithSubjects } from './variants.js'

function table(name: string, audit: AuditResult = exampleAudit()): Record<string, string>[] {
  const file = renderCsvTables(audit).find((entry) => entry.name === name)
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

  it('writes level, q, label errors and the detectable rate beside every contrast', () => {
    const [contrast] = exampleAudit().derived.contrasts
    const [row] = table('contrasts.csv')
    expect([row?.level, row?.q, row?.detectable_rate].map(Number)).toEqual([
      contrast?.level,
      contrast?.q,
      contrast?.detectableRate,
    ])
    const within = table('contrasts.csv').find(({ verdict }) => verdict === 'within-margin')
    expect(within).toMatchObject({ label_errors_fewest: '3', label_errors_random_share: '0.125' })
    const disparity = table('contrasts.csv').find(({ verdict }) => verdict === 'disparity')
    expect(disparity).toMatchObject({ label_errors_fewest: '12', label_errors_random_share: '' })
  })

  it('writes subjects and design effects where they are known, and the steadied rate of an intersection', () => {
    expect(table('rates.csv')[0]).toMatchObject({ interval_method: 'wilson', subjects: '', design_effect: '' })
    expect(table('rates.csv', auditWithSubjects())[0]).toMatchObject({
      interval_method: 'wilson-effective',
      subjects: '696',
      design_effect: '1.5',
    })
    const steadied = table('rates.csv').filter((row) => row.steadied_rate !== '')
    expect(steadied.length).toBeGreaterThan(0)
    for (const row of steadied) {
      expect(row.group_by).toContain('×')
      expect(Number(row.steadied_low_95)).toBeLessThanOrEqual(Number(row.steadied_rate))
      expect(Number(row.steadied_high_95)).toBeGreaterThanOrEqual(Number(row.steadied_rate))
    }
  })

  it('writes every measure of spread beside what chance alone gives', () => {
    const rows = table('spread.csv').filter((row) => row.group_by === 'race' && row.label_set === 'clip-paper')
    expect(rows.filter((row) => row.outcome === 'crime').map(({ measure }) => measure)).toEqual([
      'gap',
      'max-min-ratio',
      'max-geometric-mean',
      'gini',
      'between-group-sd',
    ])
    expect(rows[0]).toMatchObject({ highest: 'race Black', groups: '7', smoothed: 'false', p: '0.0001', draws: '9999' })
    expect(Number(rows[0]?.chance_19_of_20)).toBeGreaterThan(Number(rows[0]?.chance_centre))
    expect(rows.find(({ value }) => value === '')).toMatchObject({
      undefined: 'zero-reference-rate',
      chance_19_of_20: '',
    })
  })

  it('says why there is no spread, and where chance has no bound', () => {
    const audit = exampleAudit()
    const [first] = audit.derived.estimates
    if (first?.kind !== 'spread') throw new Error('the example begins with a spread')
    const parity = { centre: null, percentile95: null, unbounded: true, p: 0.2 } as const
    const alone = { ...first, groups: 1, highest: null, lowest: null, reason: 'single-group', measures: [] } as const
    const wide = { ...first, measures: [{ measure: 'max-min-ratio', value: 3, parity }] } as const
    const hidden = {
      ...first,
      measures: [{ measure: 'gap', value: 0.1, parity: null, parityReason: 'repeated-subjects' }],
    } as const
    const rows = table('spread.csv', { ...audit, derived: { ...audit.derived, estimates: [alone, wide, hidden] } })
    expect(rows[0]).toMatchObject({ measure: '', undefined: 'single-group', chance_undefined: 'single-group' })
    expect(rows[1]).toMatchObject({ chance_centre: 'unbounded', chance_19_of_20: 'unbounded', chance_undefined: '' })
    expect(rows[2]).toMatchObject({ value: '0.1', chance_centre: '', chance_undefined: 'repeated-subjects', p: '' })
  })

  it('writes every difference at an equal mix, or why there is none', () => {
    const audit = exampleAudit()
    const estimates = audit.derived.estimates.filter((estimate) => estimate.kind === 'standardised')
    const rows = table('standardised.csv')
    expect(rows).toHaveLength(estimates.length)
    expect(rows[0]).toMatchObject({ group: 'gender Male', reference: 'gender Female', over: 'race × age' })
    expect(Number(rows[0]?.difference_low_95)).toBe(estimates[0]?.difference?.interval?.[0])
    expect(rows.find(({ group_by }) => group_by === 'race')?.reference).toBe('everyone else')
    const nothing = {
      rates: null,
      difference: null,
      common: null,
      sameInAllStrata: null,
      reason: 'no-overlap',
    } as const
    const none = { ...audit.derived, estimates: estimates.map((estimate) => ({ ...estimate, ...nothing })) }
    expect(table('standardised.csv', { ...audit, derived: none })[0]).toMatchObject({
      rate: '',
      difference: '',
      same_in_all_p: '',
      undefined: 'no-overlap',
    })
  })

  it('prints published figures as their source does', () => {
    expect(table('published.csv').map((row) => row.published)).toContain('14.4%')
  })
})
