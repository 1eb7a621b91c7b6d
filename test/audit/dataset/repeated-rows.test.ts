import { describe, expect, it } from 'vitest'
import { findRepeatedRows } from '../../../src/audit/dataset/repeated-rows.js'
import type { AttributeColumn } from '../../../src/audit/types/dataset.js'
import { refusal } from './helpers.js'

function find(images: string[], codes: number[], subjects: string[] | null = null, leftOut: number[] = []) {
  const race: AttributeColumn = {
    name: 'race',
    values: ['White', 'Black'],
    codes: Uint16Array.from(codes),
    labelledBy: 'annotator',
  }
  const raw = {
    images,
    lines: images.map((_, row) => row + 2),
    subjects,
    spellings: [],
    places: null,
    quarantined: new Map(),
    excluded: new Map(leftOut.map((row) => [row, 'by the format'])),
  }
  return findRepeatedRows(raw, [race], 'F')
}

describe('findRepeatedRows', () => {
  it('keeps the first of identical rows and quarantines the rest', () =>
    expect([...find(['a', 'b', 'a', 'a'], [0, 1, 0, 0]).quarantined]).toEqual([
      [2, { code: 'row.duplicate', reason: 'the same as line 2' }],
      [3, { code: 'row.duplicate', reason: 'the same as line 2' }],
    ]))

  it('sees one image in two spellings of its path', () => {
    const hangul = '한글.jpg'
    expect([...find([hangul, hangul.normalize('NFD'), `./${hangul}`], [0, 0, 0]).quarantined.keys()]).toEqual([1, 2])
  })

  it('holds no row against one that the format leaves out, and keeps the one that is used', () => {
    expect([...find(['a', 'a'], [0, 0], null, [0]).quarantined]).toEqual([])
    expect([...find(['a', 'a'], [0, 1], null, [0]).quarantined]).toEqual([])
    expect([...find(['a', 'a', 'a'], [0, 1, 0], null, [1]).quarantined.keys()]).toEqual([2])
  })

  it('refuses one image with two different attributes', async () =>
    expect((await refusal(() => find(['a', 'a'], [0, 1]))).message).toBe(
      'F:3: race: expected "White" for "a", as line 2 says but received "Black". Remove the row that is wrong',
    ))

  it('refuses one image with two subjects', async () =>
    expect((await refusal(() => find(['a', 'a'], [0, 0], ['p', 'q']))).message).toContain('F:3: subject: expected "p"'))

  it('lists the first twenty', async () => {
    const images = Array.from({ length: 50 }, () => 'a')
    const error = await refusal(() =>
      find(
        images,
        images.map((_, row) => (row === 0 ? 0 : 1)),
      ),
    )
    expect(error.faults).toHaveLength(20)
  })
})
