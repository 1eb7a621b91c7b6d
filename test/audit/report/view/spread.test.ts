import { describe, expect, it } from 'vitest'
import { gapSentence, spreadTable } from '../../../../src/audit/report/view/spread.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { SpreadEstimate } from '../../../../src/audit/types/estimates.js'
import { exampleAudit } from '../example-audit.js'

const words = wordsFor(exampleAudit())
type Measure = SpreadEstimate['measures'][number]
const PARITY = { centre: 0.0271, percentile95: 0.0373, p: 0.0001 }

const GAP: Measure = { measure: 'gap', value: 0.123, parity: PARITY }
const ESTIMATE: SpreadEstimate = {
  kind: 'spread',
  ...{ family: 'f00a', probe: 'denigration', evidence: 'e1', labelSet: 'clip-paper', outcome: 'crime' },
  groupBy: ['race'],
  groups: 7,
  highest: [['race', 'Black']],
  lowest: [['race', 'White']],
  measures: [GAP],
  equalRates: { statistic: 1465.8, degreesOfFreedom: 6, p: 1e-9, method: 'chi-squared' },
  draws: 9999,
}
const ALONE: Partial<SpreadEstimate> = { highest: null, lowest: null, reason: 'single-group', measures: [] }

describe('gapSentence', () => {
  const said = (changes: Partial<SpreadEstimate>) => gapSentence({ ...ESTIMATE, ...changes }, words)

  it('never names a gap without what chance alone gives, and names both groups', () => {
    expect(said({})).toBe(
      'Largest against smallest: 12.3 points (Black against White). Chance alone gives 2.7, and up to 3.7 in 95 of 100 draws.',
    )
  })

  it('says why chance is not known', () => {
    expect(said({ measures: [{ ...GAP, parity: null, parityReason: 'repeated-subjects' }] })).toContain(
      'What chance alone gives is not known: several images show one subject.',
    )
  })

  it('says that all rates are alike where nothing varies', () => {
    expect(said({ measures: [{ ...GAP, value: 0, parity: null, parityReason: 'no-variation' }] })).toContain(
      'All rates are 0%, or all are 100%',
    )
  })

  it('says why there is no largest and smallest', () => {
    expect(said(ALONE)).toBe('Largest against smallest: not defined: fewer than two groups have enough images.')
  })

  it('says nothing where the audit has no estimate', () => {
    expect(gapSentence(undefined, words)).toBe('')
  })
})

describe('spreadTable', () => {
  const cells = (measure: Measure, changes: Partial<SpreadEstimate> = {}) =>
    spreadTable('s', [{ ...ESTIMATE, measures: [measure], ...changes }], words)?.rows[0]?.cells ?? []

  it('is not there without an estimate', () => {
    expect(spreadTable('s', [], words)).toBeNull()
  })

  it('sets outcomes down and measures across, each with what chance alone gives under it', () => {
    const table = spreadTable('s', [ESTIMATE], words)
    expect(table?.rows[0]).toMatchObject({ outcome: 'crime', groups: '7 groups', extremes: 'Black against White' })
    expect(table?.rows[0]?.cells).toHaveLength((table?.columns.length ?? 0) - 1)
    expect(table?.rows[0]?.cells[0]).toEqual({ value: '12.3', under: 'chance 2.7, up to 3.7; p below 0.001' })
    expect(table?.note).toContain('Groups with at least 30 images only.')
  })

  it('writes differences in points, ratios and the Gini coefficient with the places they need', () => {
    const parity = { centre: 1.72, percentile95: 2.19, p: 0.31 }
    expect(cells({ measure: 'max-min-ratio', value: 8.4498, parity })[1]).toEqual({
      value: '8.4',
      under: 'chance 1.72, up to 2.2; p 0.31',
    })
    const gini = { centre: 0.083, percentile95: 0.111, p: 0.31 }
    expect(cells({ measure: 'gini', value: 0.4232, parity: gini })[3]).toEqual({
      value: '0.42',
      under: 'chance 0.08, up to 0.11; p 0.31',
    })
    expect(cells({ measure: 'between-group-sd', value: 0.1162, parity: PARITY })[4]?.value).toBe('11.6')
  })

  it('says in its own words why a ratio is not defined', () => {
    const none = { measure: 'max-min-ratio', value: null, parity: null } as const
    expect(cells({ ...none, reason: 'zero-reference-rate' })[1]).toEqual({
      value: 'not defined: the smallest rate is zero',
      under: '',
    })
    expect(cells({ ...none, reason: 'both-rates-zero' })[1]?.value).toBe('not defined: all rates are zero')
  })

  it('says where rates were smoothed, and where chance can give any size', () => {
    const under = (changes: Partial<Measure>) =>
      cells({ measure: 'max-geometric-mean', value: 4.5, parity: PARITY, ...changes })[2]?.under
    expect(under({ smoothed: true })).toContain('; every rate smoothed, as one is 0%')
    expect(under({ parity: { centre: 1.2, percentile95: null, unbounded: true, p: 0.2 } })).toBe(
      'chance 1.20, up to any size; p 0.20',
    )
    expect(under({ parity: null, parityReason: 'repeated-subjects' })).toBe(
      'chance not known: several images show one subject',
    )
  })

  it('says how it was tested that all rates are equal, or why it was not', () => {
    const equal = (equalRates: SpreadEstimate['equalRates']) => cells(GAP, { equalRates }).at(-1)
    expect(equal(ESTIMATE.equalRates)).toEqual({ value: 'below 0.001', under: 'chi-squared' })
    expect(equal({ ...ESTIMATE.equalRates, p: 0.42, method: 'permutation' })).toEqual({
      value: '0.42',
      under: 'by redistribution',
    })
    expect(equal({ ...ESTIMATE.equalRates, p: null, reason: 'no-variation' })?.value).toBe(
      'all rates are 0%, or all are 100%',
    )
  })

  it('keeps a row for an outcome with one group, with its reason and dashes', () => {
    const row = spreadTable('s', [{ ...ESTIMATE, ...ALONE, groups: 1 }], words)?.rows[0]
    expect(row).toMatchObject({ groups: '1 group', extremes: 'not defined: fewer than two groups have enough images' })
    expect(row?.cells[0]).toEqual({ value: '–', under: '' })
  })
})
