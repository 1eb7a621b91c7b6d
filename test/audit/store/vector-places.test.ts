import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hexKeys, keyBytes, someKeys } from '../../../src/audit/store/keys.js'
import { ProvenBlocks } from '../../../src/audit/store/proven-blocks.js'
import { ENTRY_BYTES } from '../../../src/audit/store/segment-entry.js'
import type { Segment } from '../../../src/audit/store/segment-reader.js'
import { rowOf, segmentOf, VectorPlaces } from '../../../src/audit/store/vector-places.js'

const key = (number: number): string => createHash('sha256').update(String(number)).digest('hex')

function segmentWith(name: string, numbers: readonly number[]): Segment {
  const entries = Buffer.alloc(numbers.length * ENTRY_BYTES)
  numbers.forEach((number, row) => entries.write(key(number), row * ENTRY_BYTES, 'hex'))
  return { name, settings: {}, hash: Buffer.alloc(32), entries, vectors: numbers.length, proven: new ProvenBlocks() }
}

describe('where vectors lie', () => {
  it('is what a Map of the same keys says, whatever stands twice, is damaged or was forgotten', () => {
    const numbers = fc.array(fc.array(fc.nat(30), { maxLength: 20 }), { maxLength: 4 })
    fc.assert(
      fc.property(numbers, fc.nat(20), fc.array(fc.nat(35)), fc.array(fc.nat(35)), (rows, damagedRow, gone, asked) => {
        const segments = rows.map((each, index) => segmentWith(String(index), each))
        const isDamaged = ({ name }: Segment, row: number): boolean => name === '0' && row === damagedRow
        const places = new VectorPlaces(segments, isDamaged)
        const known = new Map<number, [number, number]>()
        rows.forEach((each, index) =>
          each.forEach((number, row) => {
            if (!isDamaged(segments[index], row)) known.set(number, [index, row])
          }),
        )
        for (const number of gone) {
          places.forget(keyBytes([key(number)]), 0)
          known.delete(number)
        }
        expect(places.size).toBe(known.size)
        expect([...places.keys()].sort()).toEqual([...known.keys()].map(key).sort())
        const bytes = keyBytes(asked.map(key))
        let before: number | undefined
        asked.forEach((number, index) => {
          const found = places.placeOf(bytes, index * 32, before)
          before = found
          expect(found === undefined ? undefined : [segmentOf(found), rowOf(found)]).toEqual(known.get(number))
        })
      }),
    )
  })

  it('finds keys that are asked for as they lie, from one segment to the next', () => {
    const places = new VectorPlaces([segmentWith('1', [5, 6]), segmentWith('2', [7])], () => false)
    const bytes = keyBytes([5, 6, 7, 8].map(key))
    const found: (number | undefined)[] = []
    for (let index = 0; index < 4; index++) found.push(places.placeOf(bytes, index * 32, found.at(-1)))
    expect(found).toEqual([0, 1, 2 ** 32, undefined])
  })
})

describe('keys', () => {
  it('are the same in hexadecimal and as bytes', () => {
    const keys = [key(1), key(2), key(3)]
    expect(hexKeys(keyBytes(keys))).toEqual(keys)
    expect(someKeys(keys, [2, 0])).toEqual([key(3), key(1)])
    expect(hexKeys(someKeys(keyBytes(keys), [2, 0]))).toEqual([key(3), key(1)])
  })

  it('that are no SHA-256 stand for no vector, not for the one before', () => {
    const places = new VectorPlaces([segmentWith('1', [5])], () => false)
    const bytes = keyBytes([key(5), '', key(5).slice(0, 62), 'no hash'])
    expect([0, 1, 2, 3].map((index) => places.placeOf(bytes, index * 32))).toEqual([0, undefined, undefined, undefined])
  })
})
