import { describe, expect, it } from 'vitest'
import { readLocale } from '../../../../../src/audit/report/locale.js'
import { numberWords } from '../../../../../src/audit/report/numbers.js'
import { shareAxis } from '../../../../../src/audit/report/view/charts/share-axis.js'

const locale = readLocale('en')
const words = { locale, numbers: numberWords(locale) }

describe('shareAxis', () => {
  it('begins at 0, ends at a round share above the highest, and leaves room for half a mark', () => {
    const { axis, across, end } = shareAxis(0.243, 100, words)
    expect(end).toBe(0.25)
    expect([across(0), across(end)]).toEqual([1.5, 98.5])
    expect(axis.ticks.map(({ label }) => label)).toEqual(['0%', '5%', '10%', '15%', '20%', '25%'])
  })

  it('keeps the first and the last label inside the drawing', () => {
    const anchors = shareAxis(0.243, 100, words).axis.ticks.map(({ anchor }) => anchor)
    expect([anchors[0], anchors[1], anchors.at(-1)]).toEqual(['start', 'middle', 'end'])
  })

  it('stands under the rows, whose height it adds to', () => {
    expect(shareAxis(0.1, 84, words).axis).toMatchObject({ gridEndY: 88, axisY: 102, height: 128 })
  })

  it('has a scale where every rate is 0', () => {
    const { across, end } = shareAxis(0, 42, words)
    expect(end).toBeGreaterThan(0)
    expect(across(0)).toBe(1.5)
  })
})
