import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPythonDict } from '../../../../src/audit/dataset/formats/python-dict.js'

describe('readPythonDict', () => {
  it.each([
    ["{'x': 1, 'y': -2.5}", [['x', 1], ['y', -2.5]]], // prettier-ignore
    ['{"x":1e2,}', [['x', 100]]],
    ["{'a': 'b', 'c': None, 'd': {}, 'e': [ ]}", [['a', 'b'], ['c', null], ['d', null], ['e', null]]], // prettier-ignore
    ['{}', []],
  ])('reads %s', (text, entries) => expect([...(readPythonDict(text) ?? [])]).toEqual(entries))

  it.each(['', '{', "{'x'}", "{'x': 1 'y': 2}", "{'x': 1, 'x': 2}", '{x: 1}', "{'x': f()}", "{'x': {'y': 1}}", "{'x': 1}; y", "[('x', 1)]"])('refuses %s', (text) => expect(readPythonDict(text)).toBeNull()) // prettier-ignore

  it('reads any box that is written so, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.integer()), (box) => {
        const text = `{${Object.entries(box).map(([name, value]) => `'${name}': ${value}`).join(', ')}}` // prettier-ignore
        expect(readPythonDict(text)).toEqual(new Map(Object.entries(box)))
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => void readPythonDict(text)))
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom("'", '{', '}', ':', ',', '1', 'x', ' ') }), (text) => void readPythonDict(`{${text}}`))) // prettier-ignore
  })
})
