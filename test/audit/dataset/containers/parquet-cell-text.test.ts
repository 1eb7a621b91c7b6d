import { describe, expect, it } from 'vitest'
import { fieldOf, parquetCellText } from '../../../../src/audit/dataset/containers/parquet-cell-text.js'
import type { CellReading } from '../../../../src/audit/dataset/containers/parquet-cell-text.js'

const PLAIN: CellReading = { column: 'race', names: null, booleans: ['False', 'True'], hidesCells: false }
const NAMED: CellReading = { ...PLAIN, names: ['White', 'Black'] }
const text = (value: unknown, reading = PLAIN): string => parquetCellText(value, reading, 'faces.parquet:7')

describe('the text of a cell of a Parquet file', () => {
  it.each([
    [null, ''],
    [undefined, ''],
    ['Black', 'Black'],
    [true, 'True'],
    [false, 'False'],
    [3, '3'],
    [[], ''],
    [['Black'], 'Black'],
    [Int32Array.of(4), '4'],
  ])('of %s is %j', (value, expected) => expect(text(value)).toBe(expected))

  it('of a long integer is all its digits', () => expect(text(-9_007_199_254_740_993n)).toBe('-9007199254740993'))

  it('is the name of an integer where the file names its integers, and nothing below 0', () => {
    expect([text(1, NAMED), text(0n, NAMED), text(-1, NAMED)]).toEqual(['Black', 'White', ''])
  })

  it('is refused of an integer without a name, which is quoted unless cells are hidden', () => {
    expect(() => text(2, NAMED)).toThrow(
      'expected an integer from 0 to 1, which the file names, or -1 for none but received 2',
    )
    expect(() => text(2, { ...NAMED, hidesCells: true })).toThrow('but received something else')
  })

  it.each([
    [['White', 'Black'], 'a list of 2'],
    [Uint8Array.of(1, 2), 'bytes'],
    [new DataView(new ArrayBuffer(4)), 'something else'],
    [{ race: 'Black' }, 'something else'],
  ])('is refused of %s, which is no single value', (value, received) => {
    expect(() => text(value)).toThrow(
      `faces.parquet:7: "race": expected a text, a number or a boolean but received ${received}`,
    )
  })
})

describe('a field of a struct', () => {
  it('is what it holds under that name, and nothing where there is no struct, or only a name that every object has', () => {
    expect(fieldOf({ race: 'Black' }, 'race')).toBe('Black')
    expect([fieldOf(null, 'race'), fieldOf('text', 'length'), fieldOf({}, 'constructor')]).toEqual([null, null, null])
  })
})
