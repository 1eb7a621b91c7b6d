import { describe, expect, it } from 'vitest'
import { gapChart, type GapChart } from '../../../../../src/audit/report/view/charts/gap-chart.js'
import { rateRows } from '../../../../../src/audit/report/view/rate-rows.js'
import { wordsFor } from '../../../../../src/audit/report/words.js'
import { exampleAudit } from '../../example-audit.js'

const words = wordsFor(exampleAudit())
const rows = rateRows(
  words.audit.derived.rates.filter(({ groupBy, outcome }) => groupBy.join() === 'race' && outcome === 'crime'),
  words,
)

function chart(detectableRate?: number): GapChart {
  const drawn = rows.map((row) =>
    detectableRate === undefined || row.drawn.detectableRate === null
      ? row
      : { ...row, drawn: { ...row.drawn, detectableRate } },
  )
  const made = gapChart('gap', drawn, { title: '', description: '' }, words)
  if (made === null) throw new Error('no chart')
  return made
}

describe('gapChart', () => {
  it('draws a bar from the rate of the reference to the smallest rate that could be found', () => {
    expect(chart().rows.length).toBeGreaterThan(5)
    for (const { x, width } of chart().rows) {
      expect(parseFloat(width)).toBeGreaterThan(0)
      expect(parseFloat(x) + parseFloat(width)).toBeLessThanOrEqual(98.6)
    }
  })

  it('draws no bar backwards or outside where the reference lies above what could be found', () => {
    for (const { x, width } of chart(0.001).rows) {
      expect(width).toBe('0.0%')
      expect(parseFloat(x)).toBeLessThanOrEqual(98.5)
    }
  })
})
