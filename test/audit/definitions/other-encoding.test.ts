import { describe, expect, it } from 'vitest'
import { probableEncoding } from '../../../src/audit/definitions/other-encoding.js'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')

describe('bytes that are not UTF-8', () => {
  it.each(['caf\xe9.jpg,Black', 'Zo\xeb\x92s,fa\xe7ade', 'cr\xe9\xe9e par Andr\xe9', '\x93quoted\x94'])(
    'are Western where letters with accents stand among others: %j',
    (text) => expect(probableEncoding(latin(text))).toBe('windows-1252'),
  )

  it('are Korean where they make Hangul', () =>
    expect(probableEncoding(Buffer.from([0xc8, 0xab, 0xb1, 0xe6, 0xb5, 0xbf]))).toBe('cp949'))

  it.each([
    ['Japanese in Shift JIS', [0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea]],
    ['Chinese in GB18030', [0xd6, 0xd0, 0xce, 0xc4, 0xc3, 0xfb]],
    ['broken UTF-8', [0x61, 0xed, 0xa0, 0x80]],
    ['bytes of no text', [0x80, 0x81, 0xff, 0xfe, 0x00]],
  ])('are not guessed: %s', (_what, bytes) => expect(probableEncoding(Buffer.from(bytes))).toBeNull())
})
