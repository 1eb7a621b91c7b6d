import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillPrompt } from '../../../src/audit/definitions/fill-prompt.js'

describe('fillPrompt', () => {
  it('puts the text in the place of {label}', () => {
    expect(fillPrompt('a photo of {label}.', 'a gorilla')).toBe('a photo of a gorilla.')
  })

  it('keeps $&, $1, {} and {label} in a text as they are', () => {
    expect(fillPrompt('a {label} b', "$& $1 $$ $` $' {} {label}")).toBe("a $& $1 $$ $` $' {} {label} b")
  })

  it('changes nothing around the text', () => {
    const part = fc.string().filter((text) => !/[{}]/.test(text))
    fc.assert(
      fc.property(part, fc.string(), part, (before, text, after) => {
        expect(fillPrompt(`${before}{label}${after}`, text)).toBe(before + text + after)
      }),
    )
  })
})
