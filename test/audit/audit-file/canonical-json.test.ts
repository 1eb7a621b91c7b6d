import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, readableJson } from '../../../src/audit/audit-file/canonical-json.js'

describe('canonicalJson', () => {
  it('writes integers exactly and other numbers with twelve significant digits', () => {
    expect(canonicalJson([9007199254740991, 1 / 3, 1.5e-41, -0])).toBe('[9007199254740991,0.333333333333,1.5e-41,0]')
  })

  it('refuses numbers that JSON cannot say', () => {
    for (const value of [NaN, Infinity, -Infinity]) expect(() => canonicalJson({ value })).toThrow(/cannot hold/)
  })

  it('leaves out keys without a value and keeps null', () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}')
  })

  it('is read back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, depthSize: 'small' }).filter(roundTrips), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(readableJson(value)))
      }),
    )
  })

  it('writes what was rounded before, at once, as it writes anything else', () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.double({ min: -2, max: 2, noNaN: true })) // prettier-ignore
    const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(12)))
    fc.assert(
      fc.property(fc.array(number), (values) => {
        const saved = values.map(rounded)
        expect(canonicalJson([...saved, Math.PI])).toBe(`${JSON.stringify([...saved, 3.14159265359])}`)
        expect(canonicalJson(saved)).toBe(JSON.stringify(saved))
        expect(canonicalJson(values)).toBe(JSON.stringify(saved))
      }),
    )
  })

  it('writes fields and nothing that an object says of itself, and refuses a hole', () => {
    expect(canonicalJson({ day: new Date(0), toJSON: 1 })).toBe('{"day":{},"toJSON":1}')
    expect(canonicalJson([Object('ab')])).toBe('[{"0":"a","1":"b"}]')
    expect(() => canonicalJson(Array(1))).toThrow(TypeError)
    expect(() => canonicalJson([undefined])).toThrow(TypeError)
  })

  it('is stable: writing what was read gives the same bytes', () => {
    const once = canonicalJson({ p: Math.PI * 1e-30, q: [1 / 7] })
    expect(canonicalJson(JSON.parse(once))).toBe(once)
  })
})

describe('readableJson', () => {
  it('keeps what fits in a line in a line, and breaks what does not', () => {
    const text = readableJson({ short: [1, 2], long: Array.from({ length: 80 }, (_, index) => index) })
    expect(text.split('\n')[1]).toBe('  "short": [1,2],')
    expect(text.split('\n').length).toBeGreaterThan(80)
  })
})

/** `__proto__` as a key is set, not stored, by JSON-like literals; audits never use names as keys. */
function roundTrips(value: unknown): boolean {
  return !JSON.stringify(value).includes('__proto__')
}
