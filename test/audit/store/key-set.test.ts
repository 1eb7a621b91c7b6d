import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { KeySet } from '../../../src/audit/store/key-set.js'

const key = (number: number): string => createHash('sha256').update(String(number)).digest('hex')

describe('KeySet', () => {
  it('gives back the keys that were added, once and in order, until it is cleared', () => {
    const keys = new KeySet()
    for (const number of [1, 2, 1]) keys.add(key(number))
    expect([...keys]).toEqual([key(1), key(2)])
    expect([keys.size, keys.has(key(2)), keys.has(key(3))]).toEqual([2, true, false])
    keys.clear()
    expect([keys.size, keys.has(key(2))]).toEqual([0, false])
  })
})
