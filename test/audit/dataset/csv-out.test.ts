import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeCsvCell, unmarked } from '../../../src/audit/dataset/csv-out.js'

describe('safeCsvCell', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\nx', '\0x', '＝1+1', '＋1', '－1', '＠x'])(
    'marks %j, which a spreadsheet could run',
    (text) => expect(safeCsvCell(text)).toBe(`"'${text}"`),
  )

  it('leaves an ordinary text as it is', () => expect(safeCsvCell('val/1.jpg')).toBe('val/1.jpg'))

  it('quotes commas, quotes and line ends', () =>
    expect(['a,b', 'a"b', 'a\nb'].map(safeCsvCell)).toEqual(['"a,b"', '"a""b"', '"a\nb"']))

  it('gives every text back when it is read again', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '=', '-', '@', '＝', '\t', '\0', '\r', '\n', '"', ',', 'a') }),
    )
    fc.assert(
      fc.property(text, text, (a, b) => {
        const rows: string[][] = parse(`x,y\n${safeCsvCell(a)},${safeCsvCell(b)}\n`, { record_delimiter: '\n' })
        expect(rows[1].map(unmarked)).toEqual([a, b])
      }),
    )
  })
})
