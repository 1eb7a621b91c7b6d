import { describe, expect, it } from 'vitest'
import type { ProbeFactsOf } from '../../../../src/audit/measures/measure-kind.js'
import { measureQueries } from '../../../../src/audit/measures/retrieval-skew/measure-queries.js'
import { meanTable } from '../../../../src/audit/measures/retrieval-skew/mean-table.js'
import { queryTables } from '../../../../src/audit/measures/retrieval-skew/query-tables.js'
import type { Facts } from '../../../../src/audit/types/facts.js'
import type { OwnFigure } from '../../../../src/audit/types/figures.js'
import type { RetrievalSkew } from '../../../../src/audit/types/measures.js'
import type { RetrievalObserved } from '../../../../src/audit/types/observed/retrieval-skew.js'

const CUT = 10
const MEASURE: RetrievalSkew = {
  kind: 'retrieval-skew',
  cuts: [CUT, 5000],
  desired: 'dataset',
  as: 'strict',
  bias: [],
  draws: 99,
}

/** Queries of which the first `skewed` put one group alone in their top; the others alternate. */
function tables(queries: number, more: Parameters<typeof measuredOf>[1] = {}) {
  return queryTables(measuredOf(queries, more))
}

function measuredOf(
  queries: number,
  {
    skewed = 0,
    groups = 2,
    bias = [] as RetrievalSkew['bias'],
    ties = 0,
    as = 'strict',
    images = 50,
    outcomes = ['good'],
    together = [] as RetrievalObserved['together'],
  } = {},
) {
  const codes = Array.from({ length: groups }, (_, code) => code)
  const observed: RetrievalObserved = {
    kind: 'retrieval-skew',
    probe: 'p',
    evidence: 'e1',
    labelSet: 'l',
    groupBy: ['race'],
    groups: codes.map((code) => [['race', `g${code}`]]),
    images: codes.map(() => images),
    queries: Array.from({ length: queries }, (_, query) => ({
      query: `q${query}`,
      ranked: Array.from({ length: CUT }, (__, place) => (query < skewed ? 0 : place % groups)).join(' '),
      ties: [[CUT, 0, ties]],
    })),
    together,
  }
  const facts = { seed: 1, labelSets: [{ id: 'l', labels: outcomes.map((outcome, q) => ({ id: `q${q}`, text: `a ${outcome} person`, outcome })) }] } as unknown as Facts // prettier-ignore
  const probe = { id: 'p', measure: { ...MEASURE, bias, as } } as ProbeFactsOf<'retrieval-skew'>
  return measureQueries(observed, facts, probe)
}

const figure = (table: ReturnType<typeof tables>[number], row: number, key: string): OwnFigure =>
  table.rows[row].figures[table.columns.findIndex((column) => column.key === key)] as OwnFigure

describe('the tables of single queries', () => {
  it('are one for each cut that gives figures; a cut beyond the list gives none', () => {
    expect(tables(3).map(({ key }) => key)).toEqual([`queries/race/${CUT}`])
  })

  it('show the queries furthest beyond chance in a table of their own, where there are more than twenty', () => {
    const [furthest, all] = tables(25, { skewed: 3 })
    expect([furthest.key, all.key]).toEqual([`furthest/race/${CUT}`, `queries/race/${CUT}`])
    expect(furthest.rows.map(({ key }) => key)).toEqual(['q0', 'q1', 'q2'])
    expect(all.rows).toHaveLength(25)
    expect(figure(furthest, 0, 'maxSkew').value).toBeCloseTo(Math.log(2), 12)
    expect(figure(furthest, 0, 'share/0')).toMatchObject({ value: 1, count: CUT, total: CUT })
  })

  it('show no more than twenty of them, and none where chance does as much', () => {
    expect(tables(60, { skewed: 40 })[0].rows).toHaveLength(20)
    expect(tables(25).map(({ key }) => key)).toEqual([`queries/race/${CUT}`])
  })

  it('give what chance alone gives beside a figure', () => {
    const [{ rows }] = tables(3, { skewed: 1 })
    expect((rows[0].figures[0] as OwnFigure).chance?.p).toBeLessThan(0.05)
  })

  it('give bias where the probe names two values of the attribute, and name them', () => {
    const [table] = tables(3, { skewed: 1, bias: [{ attribute: 'race', first: 'g0', second: 'g1' }] })
    expect(figure(table, 0, 'bias').value).toBe(1)
    expect(table.columns.find(({ key }) => key === 'bias')?.heading.values).toEqual([
      ['first', 'g0'],
      ['second', 'g1'],
    ])
    expect(figure(table, 0, 'biasOf').value).toBe(CUT)
  })

  it('give no columns of shares for more than ten groups', () => {
    const shares = (groups: number): number => tables(2, { groups })[0].columns.filter(({ key }) => key.startsWith('share/')).length // prettier-ignore
    expect([shares(10), shares(11)]).toEqual([10, 0])
  })

  it('give no evenness of a single group, and why, where published code is followed', () => {
    const [table] = tables(2, { groups: 1, as: 'debias-vision-lang' })
    expect(figure(table, 0, 'entropy')).toEqual({ kind: 'own', value: null, reason: 'single-group' })
    expect(figure(table, 0, 'maxSkew').value).toBe(0)
  })

  it('say how many queries tie at the cut', () => {
    expect(JSON.stringify(tables(3, { ties: 2 })[0].notes)).toContain('"tied",3')
    expect(JSON.stringify(tables(3)[0].notes)).not.toContain('"tied"')
  })
})

describe('the table of means', () => {
  const rowsOf = (...of: Parameters<typeof measuredOf>) => {
    const { columns, rows } = meanTable(measuredOf(...of), [])
    return rows.map(
      ({ key, figures }) => [key, new Map(columns.map((column, at) => [column.key, figures[at]]))] as const,
    )
  }

  it('has a row of all queries and, of several outcome categories, one of each', () => {
    const rows = rowsOf(4, { skewed: 1, outcomes: ['good', 'bad', 'bad', 'bad'] })
    expect(rows.map(([key]) => key).slice(0, 3)).toEqual([`${CUT}`, `${CUT}/good`, `${CUT}/bad`])
    const skew = (row: number) => (rows[row][1].get('mean-maxSkew') as OwnFigure).value
    expect(skew(1)).toBeCloseTo(Math.log(2), 12)
    expect(skew(2)).toBeCloseTo(0, 12)
    expect(skew(0)).toBeCloseTo(Math.log(2) / 4, 12)
    expect(rowsOf(4, { outcomes: ['good', 'good'] }).map(([key]) => key)).toEqual([`${CUT}`, '5000'])
  })

  it('counts the queries beyond chance, and gives what chance alone gives for all of them together', () => {
    const chance = (centre: number) => ({ centre, percentile95: null, p: 0.01, draws: 99 })
    const together = [
      { cut: CUT, outcome: null, means: [['maxSkew', chance(0.1)]], beyond: [['maxSkew', chance(0.05)]] },
    ] as const
    const [[, all]] = rowsOf(4, { skewed: 1, together })
    expect(all.get('mean-maxSkew')).toMatchObject({ chance: { centre: 0.1 } })
    expect(all.get('beyond-maxSkew')).toMatchObject({ value: 0.25, count: 1, total: 4, chance: { centre: 0.05 } })
    expect(all.get('mean-ndkl')).not.toHaveProperty('chance')
    expect(all.get('beyond-ndkl')).not.toHaveProperty('chance')
  })

  it('gives no number at a cut beyond the list, and says so; nor of a single group', () => {
    const [, [key, beyond]] = rowsOf(3)
    expect(key).toBe('5000')
    for (const of of ['mean-maxSkew', 'beyond-maxSkew', 'mean-entropy'])
      expect(beyond.get(of)).toEqual({ kind: 'own', value: null, reason: 'cut-exceeds-list' })
    const [[, single]] = rowsOf(3, { groups: 1, as: 'debias-vision-lang' })
    expect(single.get('mean-entropy')).toEqual({ kind: 'own', value: null, reason: 'single-group' })
  })
})
