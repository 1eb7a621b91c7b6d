import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLocale, withStandingSlots } from '../../../src/audit/report/locale.js'
import { levelText, numberWords } from '../../../src/audit/report/numbers.js'

const locale = readLocale('en')
const numbers = numberWords(withStandingSlots(locale, { level: '95' }))

function rate(value: number | null, interval: readonly [number, number] | null): string {
  return numbers.rate({ value, interval, method: 'wilson' })
}

describe('numberWords', () => {
  it('writes counts with separators', () => {
    expect([0, 12, 999, 1000, 10954, 351681234].map(numbers.count)).toEqual([
      '0',
      '12',
      '999',
      '1,000',
      '10,954',
      '351,681,234',
    ])
  })

  it('begins a count of a table with the part in every language, so that sorting by the first number sorts by it', () => {
    const languages = ['en', 'ko'].map((id) => numberWords(readLocale(id)))
    expect(languages.map(({ ofTotal }) => ofTotal(313, 9396))).toEqual(['313 of 9,396', '313/9,396'])
  })

  it('says images again in a Korean sentence, where English need not', () => {
    const languages = ['en', 'ko'].map((id) => numberWords(readLocale(id)))
    expect(languages.map(({ ofMoreImages }) => ofMoreImages(313, 9396))).toEqual(['313 of 9,396', '9,396장 중 313장'])
  })

  it('writes a rate as in the example of the specification', () => {
    expect(rate(224 / 1555, [0.12748, 0.16238])).toBe('14.4%, 95% interval 12.7–16.2%')
  })

  it('calls an interval of effective images approximate', () => {
    expect(numbers.rate({ value: 0.144, interval: [0.127, 0.162], method: 'wilson-effective' })).toBe(
      '14.4%, approximate 95% interval 12.7–16.2%',
    )
  })

  it('prints zero of 118 as a rate with its interval', () => {
    expect(rate(0, [0, 0.03153])).toBe('0%, 95% interval 0–3.2%')
  })

  it('never prints a percentage for no images', () => {
    expect(rate(null, null)).toBe('no images')
  })

  it('never rounds a rate above zero to zero, nor one below one to one hundred', () => {
    expect([1 / 9404, 3e-5, 0.9997].map(numbers.percent)).toEqual(['0.01%', '0.003%', '99.97%'])
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1 - 1e-5, noNaN: true }), (share) => {
        expect(numbers.percent(share)).not.toMatch(/^(0\.?0*|100\.?0*)%$/)
      }),
    )
  })

  it('rounds a 5 up as with a pencil, whichever side of it the double lies on', () => {
    expect(numbers.twoPlaces(1.555)).toBe('1.56')
    expect(numbers.twoPlaces(0.005 * 311)).toBe('1.56')
    expect(numbers.twoPlaces(1.0049999)).toBe('1.00')
    expect(numbers.percent(0.1435)).toBe('14.4%')
    expect(numbers.points(-0.0005)).toBe('−0.1')
    expect(numbers.count(9_007_199_254)).toBe('9,007,199,254')
  })

  it('writes differences in points with a true minus, and no minus before zero', () => {
    expect([0.11074, -0.0732, 0, -0.0001].map(numbers.points)).toEqual(['11.1', '−7.3', '0', '0.0'])
    expect(numbers.pointsRange([-0.0932, 0.0552])).toBe('−9.3 to 5.5')
  })

  it('writes an unbounded ratio in words', () => {
    expect(numbers.ratioRange([1.30449635, null])).toBe('1.30 and above')
    expect(numbers.ratioRange([3.386, 5.5022])).toBe('3.4 to 5.5')
    expect(numbers.ratioRange([1.714, 2.166])).toBe('1.71 to 2.17')
  })

  it('names the level of an interval by the error rate of the policy', () => {
    expect([0.05, 0.01, 0.001, 0.1, 0.0455].map((alpha) => levelText(alpha, locale))).toEqual([
      '95',
      '99',
      '99.9',
      '90',
      '95.45',
    ])
  })

  it('writes settings as they were set', () => {
    expect([
      numbers.plain(0.05),
      numbers.plain(1.25),
      numbers.settingPoints(0.01),
      numbers.settingPercent(0.005),
    ]).toEqual(['0.05', '1.25', '1 point', '0.5%'])
  })
})
