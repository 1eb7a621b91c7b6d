import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ENTRY_BYTES, EntryChecksums, keyOf, noteOf } from '../../../src/audit/store/segment-entry.js'

const DIM = 3
const HEADER = createHash('sha256').update('a header').digest()
const KEY = createHash('sha256').update('an image').digest('hex')
const VECTOR = Float32Array.of(0.5, -1, 2)

/** The second of two entries, after one that is empty. */
function written(): Buffer {
  const entries = Buffer.alloc(2 * ENTRY_BYTES)
  new EntryChecksums(HEADER, DIM).write(entries, ENTRY_BYTES, { key: KEY, note: 7, vector: VECTOR })
  return entries
}

describe('the entry of a vector', () => {
  it('holds key, note and 24 bytes of SHA-256 over header, key, note and vector', () => {
    const entries = written()
    const start = Buffer.alloc(40)
    start.write(KEY, 'hex')
    start.writeUInt32LE(7, 32)
    const digest = createHash('sha256').update(HEADER).update(start).update(Buffer.from(VECTOR.buffer)).digest()
    expect(entries.subarray(ENTRY_BYTES)).toEqual(Buffer.concat([start, digest.subarray(0, 24)]))
    expect([keyOf(entries, ENTRY_BYTES), noteOf(entries, ENTRY_BYTES)]).toEqual([KEY, 7])
    expect(entries.subarray(0, ENTRY_BYTES)).toEqual(Buffer.alloc(ENTRY_BYTES))
  })

  it('holds for its vector, wherever that lies, and for no other one bit away', () => {
    const vectors = Buffer.concat([Buffer.alloc(12, 9), Buffer.from(VECTOR.buffer)])
    const holds = (entries: Buffer): boolean =>
      new EntryChecksums(HEADER, DIM).holds(entries, ENTRY_BYTES, vectors, DIM * 4)
    expect(holds(written())).toBe(true)
    for (let bit = 0; bit < DIM * 32; bit++) {
      vectors[12 + (bit >> 3)] ^= 1 << (bit & 7)
      expect(holds(written())).toBe(false)
      vectors[12 + (bit >> 3)] ^= 1 << (bit & 7)
    }
    for (let byte = ENTRY_BYTES; byte < 2 * ENTRY_BYTES; byte++) {
      const other = written()
      other[byte] ^= 1
      expect(holds(other)).toBe(false)
    }
  })
})
