import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkYaml } from '../../../src/audit/definitions/check-yaml.js'
import { parseYaml } from '../../../src/audit/definitions/yaml-file.js'

const read = <Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> =>
  checkYaml(schema, parseYaml(text, 'x.yaml'))

describe('text in YAML', () => {
  it.each(['012', '1e3', 'no', 'yes', '3-9', '0.250', 'True', '0x1F', '2024-01-01', '.inf', '1_000'])(
    'keeps unquoted %s as written where text is wanted',
    (text) => expect(read(z.strictObject({ a: z.string() }), `a: ${text}`)).toEqual({ a: text }),
  )

  it('keeps unquoted numbers as written in lists and as keys', () => {
    const schema = z.strictObject({ a: z.map(z.string(), z.array(z.string())) })
    expect(read(schema, 'a: { 10: [012, 3-9], 2: [1e3] }').a).toEqual(
      new Map([
        ['10', ['012', '3-9']],
        ['2', ['1e3']],
      ]),
    )
  })

  it('takes text or a list where both are allowed', () => {
    const schema = z.strictObject({ a: z.union([z.string(), z.array(z.string())]) })
    expect(read(schema, 'a: 012')).toEqual({ a: '012' })
    expect(read(schema, 'a: [012]')).toEqual({ a: ['012'] })
  })

  it('reads numbers only as JSON writes them', () => {
    const schema = z.strictObject({ a: z.number() })
    expect(['1e-4', '-0.5', '12'].map((text) => read(schema, `a: ${text}`).a)).toEqual([0.0001, -0.5, 12])
    for (const text of ['012', '0x1F', '0o7', '+5', '.5'])
      expect(() => read(schema, `a: ${text}`)).toThrow(
        `x.yaml:1: a: expected a plain number but received ${text}, which can be read in two ways. Write it as 12, 0.5 or 1e-4, or in quotes if it is text.`,
      )
  })
})

describe("keys of the user's own", () => {
  it('keeps __proto__, constructor and toString as ordinary keys, in order', () => {
    const schema = z.strictObject({ a: z.map(z.string(), z.string()) })
    const { a } = read(schema, 'a: { toString: x, __proto__: y, constructor: z, 2: two, 1: one }')
    expect([...a]).toEqual([
      ['toString', 'x'],
      ['__proto__', 'y'],
      ['constructor', 'z'],
      ['2', 'two'],
      ['1', 'one'],
    ])
  })

  it('refuses __proto__ where keys are fixed', () => {
    expect(() => read(z.strictObject({ a: z.string().optional() }), '__proto__: { a: x }')).toThrow(
      'x.yaml:1: expected a known key (a) but received "__proto__"',
    )
  })
})
