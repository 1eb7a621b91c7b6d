import { describe, expect, it } from 'vitest'
import { countRaceBinary } from '../../../../src/audit/measures/datacomp/race-binary.js'

describe('countRaceBinary', () => {
  it('counts an image as correct when "not white" agrees with its annotation (measures.md B18)', () => {
    expect(countRaceBinary({ decided: [1, 0, 1, 2], raceBinary: [0, 0, 1, 1], white: 1 })).toEqual([
      { count: 1, total: 2 },
      { count: 1, total: 2 },
    ])
  })

  it('goes by where the label white stands, not by index 1', () => {
    expect(countRaceBinary({ decided: [0, 0, 1, 1], raceBinary: [0, 0, 1, 0], white: 0 })).toEqual([
      { count: 2, total: 3 },
      { count: 1, total: 1 },
    ])
  })

  it('is empty without images', () =>
    expect(countRaceBinary({ decided: [], raceBinary: [], white: 1 })).toEqual([
      { count: 0, total: 0 },
      { count: 0, total: 0 },
    ]))

  it('refuses images without a decision or an annotation', () => {
    expect(() => countRaceBinary({ decided: [-1], raceBinary: [1], white: 1 })).toThrow(
      'countRaceBinary expected a decision but received -1',
    )
    expect(() => countRaceBinary({ decided: [0], raceBinary: [2], white: 1 })).toThrow(
      'countRaceBinary expected an annotation of 0 or 1 but received 2',
    )
    expect(() => countRaceBinary({ decided: [0, 1], raceBinary: [0], white: 1 })).toThrow(
      'countRaceBinary expected 2 annotations but received 1',
    )
  })
})
