import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecordTable } from '../../../src/audit/store/record-table.js'

/** A record of 6 bytes whose key is its first 4; few keys, so that they meet. */
const record = (key: number, value: number): Buffer => Buffer.from([key, 0, 0, 0, value, value])
const keyOf = (key: number): Buffer => Buffer.from([key, 0, 0, 0])

describe('RecordTable', () => {
  it('holds what a Map holds, in the same order, whatever is put', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(255), fc.nat(255))), (puts) => {
        const table = new RecordTable(4, 6)
        const map = new Map<number, number>()
        for (const [key, value] of puts) {
          table.put(record(key, value))
          map.set(key, value)
        }
        expect(table.size).toBe(map.size)
        expect(Array.from(table, (each) => [each[0], each[4]])).toEqual([...map])
        for (let key = 0; key < 256; key++) expect(table.get(keyOf(key))?.[5]).toBe(map.get(key))
        expect(Buffer.concat(table.bytes())).toEqual(Buffer.concat([...map].map(([key, value]) => record(key, value))))
      }),
    ))

  it('finds 50,000 hashes again, and none that was not put', () => {
    const hash = (number: number): Buffer => createHash('sha256').update(String(number)).digest()
    const table = new RecordTable(32)
    for (let number = 0; number < 50_000; number++) table.put(hash(number))
    expect(table.size).toBe(50_000)
    for (let number = 0; number < 50_000; number++) expect(table.has(hash(number))).toBe(true)
    for (let number = 50_000; number < 51_000; number++) expect(table.has(hash(number))).toBe(false)
  })

  it('is empty when it is new and when it was cleared, and takes records again', () => {
    const table = new RecordTable(4, 6)
    expect([...table, ...table.bytes()]).toEqual([])
    table.put(record(1, 2))
    table.clear()
    expect([table.size, table.has(keyOf(1)), table.bytes().length]).toEqual([0, false, 0])
    table.put(record(1, 3))
    expect(table.get(keyOf(1))).toEqual(record(1, 3))
  })
})
