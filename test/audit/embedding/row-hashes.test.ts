import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { RowHashes } from '../../../src/audit/embedding/row-hashes.js'

const sha256 = (row: number): string => createHash('sha256').update(String(row)).digest('hex')

describe('RowHashes', () => {
  it('gives the hashes of some rows as bytes, zeros for a row without one', () => {
    const hashes = new RowHashes(6)
    for (const row of [0, 1, 2, 4]) hashes.set(row, sha256(row))
    const bytesOf = (...rows: number[]): string => hashes.bytesOf(Int32Array.from(rows)).toString('hex')
    expect(bytesOf(1, 2)).toBe(sha256(1) + sha256(2))
    expect(bytesOf(0, 2, 4)).toBe(sha256(0) + sha256(2) + sha256(4))
    expect(bytesOf(2, 3)).toBe(sha256(2) + '00'.repeat(32))
    expect(bytesOf()).toBe('')
  })
})
