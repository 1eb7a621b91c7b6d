import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageBand, ageGaps, ageWords, sharedAges } from '../../../../src/audit/designs/lint/age-band.js'

describe('ageBand', () => {
  it.each([
    ['0-2', 0, 2],
    ['10 to 19', 10, 19],
    ['30–39', 30, 39],
    ['more than 70', 71, 130],
    ['70+', 70, 130],
    ['60 and over', 60, 130],
    ['under 18', 0, 17],
    ['≥ 21', 21, 130],
    ['35', 35, 35],
  ])('reads %s', (value, from, to) => {
    expect(ageBand(value)).toEqual({ from, to })
  })

  it.each(['Male', 'unknown', '19-10', '2020-01-01', ''])('reads nothing from %j', (value) => {
    expect(ageBand(value)).toBeNull()
  })
})

describe('ageGaps', () => {
  const age = fc.integer({ min: 0, max: 40 })
  const band = fc.tuple(age, age).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))

  it('holds exactly the ages of the wanted band that no band holds', () => {
    fc.assert(
      fc.property(band, fc.array(band, { maxLength: 5 }), (wanted, bands) => {
        const gaps = ageGaps(wanted, bands)
        for (let year = 0; year <= 41; year++) {
          const point = { from: year, to: year }
          const isGap = gaps.some((gap) => sharedAges(gap, point) !== null)
          const isHeld = bands.some((each) => sharedAges(each, point) !== null)
          expect(isGap).toBe(sharedAges(wanted, point) !== null && !isHeld)
        }
      }),
    )
  })

  it('is said in words', () => {
    expect([ageWords({ from: 0, to: 17 }), ageWords({ from: 71, to: 130 }), ageWords({ from: 5, to: 5 })]).toEqual([
      '0 to 17 years',
      '71 years and over',
      '5 years',
    ])
  })
})
