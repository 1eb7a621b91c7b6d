import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareColumns } from '../../../src/audit/scoring/shared-columns.js'

describe('shareColumns', () => {
  it('keeps every distinct vector once and says where each label is', () => {
    const first = { vectors: Float32Array.of(1, 0, 0, 1) }
    const second = { vectors: Float32Array.of(0, 1, 0.5, 0.5, 1, 0) }
    const shared = shareColumns([first, second], 2)
    expect([...shared.vectors]).toEqual([1, 0, 0, 1, 0.5, 0.5])
    expect(shared.distinct).toBe(3)
    expect(shared.columnsOf.map((columns) => [...columns])).toEqual([
      [0, 1],
      [1, 2, 0],
    ])
  })

  it('gives back every vector of every design', () => {
    const vector = fc.array(fc.constantFrom(-1, 0, 0.1, 1), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(fc.array(vector, { minLength: 1 }), { minLength: 1 }), (designs) => {
        const given = designs.map((labels) => ({ vectors: Float32Array.from(labels.flat()) }))
        const { vectors, columnsOf } = shareColumns(given, 3)
        const back = columnsOf.map((columns) => [...columns].flatMap((at) => [...vectors.subarray(at * 3, at * 3 + 3)]))
        expect(back).toEqual(given.map((design) => [...design.vectors]))
      }),
    )
  })

  it('tells 0 from -0, which have other bits and no other score', () => {
    expect(shareColumns([{ vectors: Float32Array.of(0, -0) }], 1).distinct).toBe(2)
  })
})
