import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../../src/audit/report/csv.js'

describe('csvText', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '\0x'])(
    'puts a quote before a text that begins like a formula: %j',
    (text) => {
      const [, row] = parse(csvText(['a'], [[text]]))
      expect(row?.[0]).toMatch(/^'/)
    },
  )

  it('writes negative numbers as numerals and null as an empty cell', () => {
    expect(csvText(['a', 'b'], [[-0.5, null]])).toBe('"a","b"\r\n-0.5,\r\n')
  })

  it('gives back every other text, quotes and line breaks included', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[=+\-@\t\r\n\0]/.test(text) && !text.includes('\0'))
        expect(parse(csvText(['a'], [[`x${text}`]]))[1]).toEqual([`x${text}`])
      }),
    )
  })

  it('refuses a row that does not match the header, and a number that is not finite', () => {
    expect(() => csvText(['a'], [[1, 2]])).toThrow('row 1 has 2 cells')
    expect(() => csvText(['a'], [[Number.NaN]])).toThrow('finite')
  })
})
