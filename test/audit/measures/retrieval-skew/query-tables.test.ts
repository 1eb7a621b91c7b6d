import { describe, expect, it } from 'vitest'
import type { ProbeFactsOf } from '../../../../src/audit/measures/measure-kind.js'
import { measureQueries } from '../../../../src/audit/measures/retrieval-skew/measure-queries.js'
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
function tables(queries: number, { skewed = 0, groups = 2, bias = [] as RetrievalSkew['bias'], ties = 0 } = {}) {
  const codes = Array.from({ length: groups }, (_, code) => code)
  const observed: RetrievalObserved = {
    kind: 'retrieval-skew',
    probe: 'p',
    evidence: 'e1',
    labelSet: 'l',
    groupBy: ['race'],
    groups: codes.map((code) => [['race', `g${code}`]]),
    images: codes.map(() => 50),
    queries: Array.from({ length: queries }, (_, query) => ({
      query: `q${query}`,
      ranked: Array.from({ length: CUT }, (__, place) => (query < skewed ? 0 : place % groups)).join(' '),
      ties: [[CUT, 0, ties]],
    })),
    together: [],
  }
  const facts = { seed: 1, labelSets: [{ id: 'l', labels: [{ id: 'q0', text: 'a good person', outcome: 'good' }] }] } as unknown as Facts // prettier-ignore
  const probe = { id: 'p', measure: { ...MEASURE, bias } } as ProbeFactsOf<'retrieval-skew'>
  return queryTables(measureQueries(observed, facts, probe))
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

  it('say how many queries tie at the cut', () => {
    expect(JSON.stringify(tables(3, { ties: 2 })[0].notes)).toContain('"tied",3')
    expect(JSON.stringify(tables(3)[0].notes)).not.toContain('"tied"')
  })
})
