import { describe, expect, it } from 'vitest'
import { readLocale } from '../../../../../src/audit/report/locale.js'
import { numberWords } from '../../../../../src/audit/report/numbers.js'
import { beforeAfterChart } from '../../../../../src/audit/report/view/charts/before-after-chart.js'
import type { ComparedFinding, ComparedSide } from '../../../../../src/audit/types/audit-comparison.js'

const locale = readLocale('en')
const words = { locale, numbers: numberWords(locale) }

const side = (count: number, total: number, interval: readonly [number, number] | null = [0.1, 0.4]): ComparedSide =>
  ({ count, total, interval }) as unknown as ComparedSide // all it draws

const finding = (first: ComparedSide | null, second: ComparedSide | null): ComparedFinding =>
  ({ group: [['race', 'Black']], outcome: 'crime', first, second }) as unknown as ComparedFinding

const chart = (...findings: readonly ComparedFinding[]) => beforeAfterChart('c', 'worsened', findings, words)

describe('the chart of rates before and after', () => {
  it('is not drawn where no finding has a rate on either side', () => {
    expect(chart()).toBeNull()
    expect(chart(finding(null, null), finding(side(0, 0), null))).toBeNull()
  })

  it('marks both sides, with what they count', () => {
    const [row] = chart(finding(side(20, 100), side(30, 100)))?.rows ?? []
    expect(parseFloat(row.before?.x ?? '')).toBeLessThan(parseFloat(row.after?.x ?? ''))
    expect(row.text).toContain('20 of 100')
    expect(row.text).toContain('30 of 100')
  })

  it('says of a side that was not asked, and marks none', () => {
    const [row] = chart(finding(null, side(30, 100)))?.rows ?? []
    expect(row.before).toBeNull()
    expect(row.text).toContain(locale.text('comparison.not-asked'))
  })

  it('draws a rate without an interval as a point', () => {
    const [row] = chart(finding(side(20, 100, null), side(30, 100)))?.rows ?? []
    expect([row.before?.from, row.before?.to]).toEqual([row.before?.x, row.before?.x])
  })

  it('draws the first fifteen, and says how many there are', () => {
    const many = Array.from({ length: 17 }, () => finding(side(20, 100), side(30, 100)))
    expect(chart(...many)?.rows).toHaveLength(15)
    expect(chart(...many)?.leftOut).toMatch(/15.*17/)
    expect(chart(...many.slice(0, 15))?.leftOut).toBe('')
  })
})
