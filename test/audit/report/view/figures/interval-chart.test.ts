import { describe, expect, it } from 'vitest'
import { intervalChart } from '../../../../../src/audit/report/view/figures/interval-chart.js'
import type { Figure, FigureColumn, FigureTable } from '../../../../../src/audit/types/figures.js'
import { wordsFor } from '../../../../../src/audit/report/words.js'
import { exampleAudit } from '../../example-audit.js'

const WORDS = wordsFor(exampleAudit())

const column = (key: string, unit: FigureColumn['unit']): FigureColumn => ({ key, heading: { id: 'x', values: [] }, unit }) // prettier-ignore

function chartOf(
  columns: readonly FigureColumn[],
  rows: readonly (readonly Figure[])[],
  names: readonly string[] = [],
) {
  const table = {
    columns,
    rows: rows.map((figures, index) => ({ key: `r${index}`, name: { kind: 'all' }, figures })),
  } as unknown as FigureTable // all it looks at
  return intervalChart(table, { id: 'c', title: 'Title', columns: columns.map(({ key }) => key), names }, WORDS)
}

const own = (value: number | null, interval?: readonly [number, number | null]): Figure =>
  (value === null ? { kind: 'own', value, reason: 'no-images' } : { kind: 'own', value, ...(interval === undefined ? {} : { interval }) }) // prettier-ignore

describe('a chart of intervals', () => {
  it('is not drawn where no column can be, or no row has a value', () => {
    expect(chartOf([column('n', 'count')], [[own(3)]])).toBeNull()
    expect(chartOf([column('rate', 'share')], [[own(null)]])).toBeNull()
  })

  it('draws one row for each value, with its interval where there is one', () => {
    const chart = chartOf([column('rate', 'share')], [[own(0.2, [0.1, 0.4])], [own(null)], [own(0.3)]], ['A', 'B', 'C'])
    expect(chart?.rows.map(({ name, from }) => [name, from !== null])).toEqual([
      ['A', true],
      ['C', false],
    ])
    const [first] = chart?.rows ?? []
    const [from, dot, to] = [first.from, first.dot, first.to].map((place) => parseFloat(place ?? ''))
    expect(from).toBeLessThan(dot)
    expect(dot).toBeLessThan(to)
  })

  it('starts shares at 0, and other numbers at the lowest of them', () => {
    const shares = chartOf([column('rate', 'share')], [[own(0.5)], [own(0.9)]])
    const numbers = chartOf([column('skew', 'number')], [[own(-2, [-3, -1])], [own(1)]])
    expect(shares?.ticks[0].label).toMatch(/^0/)
    expect(numbers?.ticks[0].label).toMatch(/[-−][34]/)
  })

  it('draws an interval without an upper end to the edge', () => {
    const chart = chartOf([column('ratio', 'number')], [[own(2, [1, null])], [own(4, [3, 5])]])
    expect(parseFloat(chart?.rows[0].to ?? '')).toBeGreaterThanOrEqual(parseFloat(chart?.rows[1].to ?? ''))
  })

  it('leaves a name empty where none is given', () => {
    expect(chartOf([column('rate', 'share')], [[own(0.5)]])?.rows[0].name).toBe('')
  })
})
