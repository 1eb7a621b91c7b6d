import { describe, expect, it } from 'vitest'
import { canonicalJson, contentSha256, sha256Hex } from '../../../src/audit/definitions/canonical.js'

describe('canonicalJson', () => {
  it('gives the same text whatever order keys were written in', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}')
    expect(contentSha256({ a: 1, b: 2 })).toBe(contentSha256({ b: 2, a: 1 }))
  })

  it('keeps the order of lists', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]))
  })

  it('hashes UTF-8 bytes', () => {
    // NIST FIPS 180-2, example B.1
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
