import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeDifference, lineDifference } from '../../src/cli/line-difference.js'

describe('lineDifference', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 }).map((lines) => lines.join('\n'))

  it('holds both texts, whole and in order', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDifference(before, after)
        const side = (other: string) => lines.filter(({ kind }) => kind !== other).map((line) => line.text).join('\n') // prettier-ignore
        expect([side('+'), side('-')]).toEqual([before, after])
      }),
    )
  })

  it('finds nothing between equal texts', () => {
    expect(lineDifference('a\nb\n', 'a\nb\n').every(({ kind }) => kind === ' ')).toBe(true)
  })

  it('shows one unchanged line around each change', () => {
    expect(describeDifference('1\n2\n3\n4\n5\n6\n', '1\n2\n3\n4\nfive\n6\n')).toBe('  ...\n  4\n- 5\n+ five\n  6\n')
  })
})
