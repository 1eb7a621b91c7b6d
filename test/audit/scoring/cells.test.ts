import { describe, expect, it } from 'vitest'
import { countCells, crossRows } from '../../../src/audit/scoring/cells.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'

/** Rows are [race, gender] codes; row 1 is excluded, row 2 unreadable, row 3 both (excluded first). */
const DATASET: Dataset = {
  id: 'd',
  crop: null,
  licence: null,
  simulated: false,
  sources: [],
  images: ['0', '1', '2', '3', '4'],
  paths: null,
  subjects: null,
  attributes: [
    { name: 'race', values: ['__proto__', 'a=b|c'], codes: Uint16Array.of(1, 0, 0, 0, 1), labelledBy: 'self' },
    { name: 'gender', values: ['Male', 'Female'], codes: Uint16Array.of(1, 1, 1, 0, 1), labelledBy: 'self' },
  ],
  excluded: new Map([
    [1, 'left out by where'],
    [3, 'left out by where'],
  ]),
  quarantined: new Map([
    [2, { code: 'image.truncated', reason: '' }],
    [3, { code: 'image.empty', reason: '' }],
  ]),
  warnings: [],
}

describe('crossRows', () => {
  it('lists combinations that occur, in declared order, whatever the names look like', () => {
    const cells = crossRows(DATASET, ['race', 'gender'])
    expect(cells.groups.map((group) => group.map(([, value]) => value))).toEqual([
      ['__proto__', 'Male'],
      ['__proto__', 'Female'],
      ['a=b|c', 'Female'],
    ])
    expect([...cells.cellOfRow]).toEqual([2, 1, 1, 0, 2])
  })

  it('puts all rows into one cell when nothing is crossed', () => {
    expect(crossRows(DATASET, [])).toMatchObject({ groups: [[]], cellOfRow: Int32Array.of(0, 0, 0, 0, 0) })
  })

  it('refuses an attribute that the dataset does not have', () => {
    expect(() => crossRows(DATASET, ['age'])).toThrow('crossRows knows no attribute "age"')
  })
})

describe('countCells', () => {
  it('counts each row once: processed, excluded or quarantined', () => {
    const cells = countCells(DATASET, crossRows(DATASET, ['race']))
    expect(cells).toEqual([
      {
        group: [['race', '__proto__']],
        in: 3,
        processed: 0,
        excluded: [['left out by where', 2]],
        quarantined: [['image.truncated', 1]],
      },
      { group: [['race', 'a=b|c']], in: 2, processed: 2, excluded: [], quarantined: [] },
    ])
  })
})
