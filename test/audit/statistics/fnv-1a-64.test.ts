import { describe, expect, it } from 'vitest'
import { fnv1a64 } from '../../../src/audit/statistics/fnv-1a-64.js'

describe('fnv1a64', () => {
  it('gives the published hashes', () => {
    // test vectors of draft-eastlake-fnv
    expect(fnv1a64('')).toBe(0xcbf29ce484222325n)
    expect(fnv1a64('a')).toBe(0xaf63dc4c8601ec8cn)
    expect(fnv1a64('foobar')).toBe(0x85944171f73967e8n)
  })
  it('gives the hash of the specification', () =>
    expect(fnv1a64('bootstrap/denigration/race=Black')).toBe(0x0bc3f4b304a59a40n))
  it('hashes UTF-8 bytes', () => expect(fnv1a64('é')).not.toBe(fnv1a64('e')))
})
