import { describe, expect, it } from 'vitest'
import { halfToNumber, halvesToFloats, numberToHalf } from '../../../src/audit/model/half-float.js'

const ALL = Array.from({ length: 0x10000 }, (_, bits) => bits)

describe('half precision', () => {
  it.each([
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x3555, 0.333251953125], // all five from IEEE 754-2008, table of binary16 examples
  ])('reads %i as %d', (bits, value) => expect(halfToNumber(bits)).toBe(value))

  it('comes back as the same bits, for every half that is a number', () => {
    const changed = ALL.filter((bits) => !Number.isNaN(halfToNumber(bits)) && numberToHalf(halfToNumber(bits)) !== bits)
    expect(changed).toEqual([])
  })

  it('keeps every half exactly as float32', () => {
    const halves = Uint16Array.from(ALL)
    expect([...halvesToFloats(halves)]).toEqual(ALL.map(halfToNumber))
  })

  it('rounds to the nearest, halves to even', () => {
    const step = 2 ** -10 // between halves from 1 to 2
    expect(numberToHalf(1 + step / 2)).toBe(0x3c00)
    expect(numberToHalf(1 + (3 * step) / 2)).toBe(0x3c02)
    expect(numberToHalf(1 + step * 0.51)).toBe(0x3c01)
    expect(numberToHalf(2 - step / 4)).toBe(0x4000)
    expect(numberToHalf(2 ** -25)).toBe(0)
    expect(numberToHalf(2 ** -14 - 2 ** -26)).toBe(0x0400)
  })

  it('becomes infinite where numpy says so, and stays no number', () => {
    expect(numberToHalf(65519.99)).toBe(0x7bff)
    expect(numberToHalf(65520)).toBe(0x7c00)
    expect(numberToHalf(-1e9)).toBe(0xfc00)
    expect(halfToNumber(numberToHalf(NaN))).toBeNaN()
    expect(numberToHalf(-0)).toBe(0x8000)
  })
})
