import { describe, expect, it } from 'vitest'
import { collectSpellings } from '../../../src/audit/dataset/spellings.js'

describe('collectSpellings', () => {
  it('holds each spelling once, with its first line and its rows, and a small number for every row', () => {
    const { add, spellings } = collectSpellings()
    for (let row = 0; row < 5000; row++) add(row % 3 === 0 ? 'Black' : 'White', row + 2)
    const { texts, firstLine, rows, codes } = spellings()
    expect([texts, firstLine, rows]).toEqual([['Black', 'White'], [2, 3], [1667, 3333]]) // prettier-ignore
    expect(codes).toBeInstanceOf(Uint32Array)
    expect([...(codes as Uint32Array)]).toEqual(Array.from({ length: 5000 }, (_, row) => (row % 3 === 0 ? 0 : 1)))
  })
})
