import { describe, expect, it } from 'vitest'
import { markdownTable, markdownText } from '../../../src/audit/report/markdown.js'

describe('markdownText', () => {
  it('escapes marks, HTML and mentions', () => {
    expect(markdownText('<b>`x` *y* |z| [a](javascript:b) @me')).toBe(
      '&lt;b&gt;\\`x\\` \\*y\\* \\|z\\| \\[a\\](javascript:b) &#64;me',
    )
  })

  it('keeps a cell on one line', () => {
    expect(markdownTable(['a'], [['one\n\ntwo']])[2]).toBe('| one two |')
  })

  it('does not let a text become a list or a heading', () => {
    expect(['- x', '1. x', '# x', '+ x'].map(markdownText)).toEqual(['\\- x', '\\1. x', '\\# x', '\\+ x'])
  })
})
