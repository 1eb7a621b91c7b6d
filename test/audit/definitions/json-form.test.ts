import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEEPEST_JSON,
  duplicateKey,
  isNestedTooDeep,
  keysOf,
  lookOver,
} from '../../../src/audit/definitions/json-form.js'

describe('duplicateKey', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":[{"b":1,"c":{},"b":2}]}', 'b'],
    ['{"a":1,"b":[1,2],"a":{}}', 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('finds the key that %s has twice', (json, key) => expect(duplicateKey(json)).toBe(key))

  it('finds none in what JSON.stringify writes', () =>
    fc.assert(fc.property(fc.json(), (json) => duplicateKey(JSON.stringify(JSON.parse(json))) === null)))

  it('does not take a value for a key', () => expect(duplicateKey('{"a":"a","b":["a","a"]}')).toBeNull())
})

describe('lookOver', () => {
  it('counts the keys of what JSON.stringify writes as they are counted in what JSON.parse reads', () =>
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom('', ' \n'), (json, space) => {
        const text = JSON.stringify(JSON.parse(json), null, space)
        return lookOver(text).keys === keysOf(JSON.parse(text))
      }),
    ))

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":[{"b":1,"c":{},"b":{"d":"e:f"}}]}',
    '{"__proto__":1,"__proto__":{}}',
  ])('counts a key that one object has twice as two, which JSON.parse makes one: %s', (json) =>
    expect(lookOver(json).keys).toBeGreaterThan(keysOf(JSON.parse(json))),
  )

  it('takes no colon or quote inside a text for one outside', () =>
    expect(lookOver('{"a:\\"b\\\\":":\\":","c":[":"]}')).toEqual({ isTooDeep: false, keys: 2 }))
})

describe('isNestedTooDeep', () => {
  it('counts the brackets that are open, and none inside a text', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    expect(isNestedTooDeep(nested(DEEPEST_JSON))).toBe(false)
    expect(isNestedTooDeep(nested(DEEPEST_JSON + 1))).toBe(true)
    expect(isNestedTooDeep(JSON.stringify(nested(DEEPEST_JSON + 1)))).toBe(false)
    expect(isNestedTooDeep(JSON.stringify(['\\', '"[', ...Array<object[]>(DEEPEST_JSON * 2).fill([{}])]))).toBe(false)
  })
})
